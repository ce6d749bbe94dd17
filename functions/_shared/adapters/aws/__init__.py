"""AWS: secrets by reference (`secrets`) and the archive on S3 (`archive`)."""
