"""Word lists that rules read: data, loaded when first asked for."""
