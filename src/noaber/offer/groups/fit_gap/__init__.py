"""Groups that are there beside groups that are wanted, and the people who wait for one."""
