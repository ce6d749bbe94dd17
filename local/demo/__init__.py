"""`make demo`: one user's path from sign-up to subscription on a real local stack, explained step by step.

`steps` holds the steps, `app` is the client app that takes them, `__main__` runs and prints them. Everything goes
through the stock Supabase client, as in an app, and to the model through Google's own SDK: `model_server` stands in for
Gemini and answers from `answers.json`. The first step whose result is wrong ends the demo with exit code 1.
"""
