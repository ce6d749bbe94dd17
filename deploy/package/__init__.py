"""Builds what goes to AWS: one artefact per function, a manifest and the CloudFormation template."""
