-- Response times of the models over the last day, by provider, model and feature.
table private.report_response_times;
