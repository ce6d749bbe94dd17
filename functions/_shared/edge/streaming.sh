#!/bin/bash
# A wrapper script of AWS Lambda (AWS_LAMBDA_EXEC_WRAPPER). Lambda passes the interpreter, its options and, last, its own runtime
# client, in whose place this starts ours. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-modify.html
cd "$LAMBDA_TASK_ROOT" || exit 1
exec "${@:1:$#-1}" -c 'import sys; from functions._shared.edge.streaming import main; main(*sys.argv[1:])' "$AWS_LAMBDA_RUNTIME_API" "$_HANDLER"
