-- No function of ours is for everybody, and none that runs with its owner's rights is for visitors.
table private.check_function_privileges;
