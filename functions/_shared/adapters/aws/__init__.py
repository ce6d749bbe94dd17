"""AWS: secrets by reference."""
