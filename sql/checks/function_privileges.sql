-- No function is executable by everyone, and no definer function by visitors.
table private.check_function_privileges;
