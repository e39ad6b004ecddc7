"""The queue: requests for training, and the workers that take them. On disk, or on PostgreSQL for several machines."""
