"""What puts a stage on AWS and hosted Supabase."""
