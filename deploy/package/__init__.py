"""`make package`: builds an artefact for each function, a manifest and the CloudFormation templates."""
