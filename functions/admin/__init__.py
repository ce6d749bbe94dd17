"""What Supabase Studio cannot: metrics, and looking after accounts with a reason, a key and a trace."""
