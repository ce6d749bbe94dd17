"""The local stack, the demo and what else people run on their own machine; nothing here is deployed."""
