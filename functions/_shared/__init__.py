"""What every function shares: domain rules, ports, adapters and the edge."""
