"""What an editor does, as plain functions: the admin, the recorded decisions and the tests all call these."""
