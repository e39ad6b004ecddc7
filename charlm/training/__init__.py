"""How the network learns: ids become batches, batches become updates of the weights, updates become events."""
