"""Deployment: `package` builds the artefacts; `plugin.cjs` and `resources.yml` complete `serverless.yml`."""
