"""Care programmes of providers, with how long one waits for each."""
