// Derives what every function of serverless.yml has in common from the few lines that it says about itself:
// its artefact, its secrets by reference, a role with nothing but its own needs, its alarms, the schedules' role.
//
// Own properties of a function:
//   secrets     names from custom.secrets: each becomes a variable that holds a reference, and a permission to read it
//   statements  further IAM statements of its role
//   alarmOn     what in its log is worth an alarm: a message and what it means, or a name with `when` and `means`
'use strict';

// Where `make package` put the artefacts.
const DIST = process.env.RESUMEBASE_DIST || 'dist';

const LAMBDA_ALARMS = {
  Errors: 'an invocation failed or ran out of time',
  Throttles: 'calls were refused for want of concurrency',
};

class Functions {
  constructor(serverless) {
    this.serverless = serverless;
    this.hooks = {
      initialize: () => this.complete(),
      'package:compileFunctions': () => this.addResources(),
      'before:package:finalize': () => this.addScheduleRole(),
    };
    serverless.configSchemaHandler.defineFunctionProperties('aws', {
      type: 'object',
      properties: {
        secrets: { type: 'array', items: { type: 'string' } },
        statements: { type: 'array', items: { type: 'object' } },
        alarmOn: { type: 'object' },
      },
    });
  }

  get service() {
    return this.serverless.service;
  }

  get provider() {
    return this.serverless.getProvider('aws');
  }

  get resources() {
    return this.service.provider.compiledCloudFormationTemplate.Resources;
  }

  each(visit) {
    for (const name of this.service.getAllFunctions()) {
      const definition = this.service.getFunction(name);
      const id = this.provider.naming.getNormalizedFunctionName(name);
      visit({ name, definition, id, role: `${id}Role` });
    }
  }

  // Before anything is compiled: artefact, role and references of each function.
  complete() {
    this.each(({ definition, role }) => {
      const [, folder] = definition.handler.split('/');
      definition.package = { artifact: `${DIST}/${folder}.zip`, ...definition.package };
      definition.role = role;
      definition.environment = { ...definition.environment };
      for (const [name, reference] of this.secretsOf(definition)) definition.environment[name] = reference;
      for (const event of definition.events || []) {
        if (event.schedule && event.schedule.method === 'scheduler') {
          event.schedule.roleArn = { 'Fn::GetAtt': ['ScheduleRole', 'Arn'] };
        }
      }
    });
  }

  secretsOf(definition) {
    const known = this.service.custom.secrets;
    return (definition.secrets || []).flatMap((name) => {
      if (!(name in known)) throw new Error(`custom.secrets has no ${name}`);
      // A secret that is rotated with an overlap has its predecessor beside it.
      return [name, `${name}_PREVIOUS`].filter((each) => each in known).map((each) => [each, known[each]]);
    });
  }

  addResources() {
    this.each(({ name, definition, id, role }) => {
      const logGroup = this.provider.naming.getLogGroupLogicalId(name);
      this.resources[role] = this.role(definition);
      for (const [metric, what] of Object.entries(LAMBDA_ALARMS)) {
        const dimensions = [{ Name: 'FunctionName', Value: definition.name }];
        this.alarm(`${id}${metric}Alarm`, definition, what, 'AWS/Lambda', metric, dimensions);
      }
      // A request that ends in a 5xx is a successful invocation to Lambda; the edge logs it as an error.
      this.logAlarm(`${id}Faults`, logGroup, definition, '$.level = "ERROR" || $.level = "CRITICAL"', 'it logged an error');
      for (const [name, told] of Object.entries(definition.alarmOn || {})) {
        const { when, means } = typeof told === 'string' ? { when: `$.message = "${name}"`, means: told } : told;
        const words = name.split('_').map((word) => word[0].toUpperCase() + word.slice(1));
        this.logAlarm(`${id}${words.join('')}`, logGroup, definition, when, means);
      }
    });
  }

  logAlarm(id, logGroup, definition, condition, what) {
    const namespace = `${this.service.service}-${this.provider.getStage()}`;
    this.resources[`${id}Filter`] = {
      Type: 'AWS::Logs::MetricFilter',
      Properties: {
        LogGroupName: { Ref: logGroup },
        FilterPattern: `{ ${condition} }`,
        MetricTransformations: [{ MetricNamespace: namespace, MetricName: id, MetricValue: '1', DefaultValue: 0 }],
      },
    };
    this.alarm(`${id}Alarm`, definition, what, namespace, id);
  }

  alarm(id, definition, what, namespace, metric, dimensions) {
    this.resources[id] = {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        AlarmDescription: `${definition.name}: ${what}`,
        Namespace: namespace,
        MetricName: metric,
        Dimensions: dimensions,
        Statistic: 'Sum',
        Period: 300,
        EvaluationPeriods: 1,
        Threshold: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        TreatMissingData: 'notBreaching',
        AlarmActions: [{ Ref: 'AlarmTopic' }],
      },
    };
  }

  role(definition) {
    const sub = (text) => ({ 'Fn::Sub': text });
    const arn = (service, rest) =>
      sub(`arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${rest}`);
    const references = this.secretsOf(definition).map(([, reference]) => reference);
    const read = (store, action, resource) => {
      const names = references
        .filter((reference) => reference.startsWith(`${store}:`))
        .map((reference) => reference.slice(store.length + 1).split('#')[0]);
      return names.length ? [{ Effect: 'Allow', Action: action, Resource: [...new Set(names)].map(resource) }] : [];
    };
    const queues = (definition.events || []).filter((event) => event.sqs).map((event) => event.sqs.arn);
    const statements = [
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: arn('logs', `log-group:${this.provider.naming.getLogGroupName(definition.name)}:*`),
      },
      ...read('ssm', 'ssm:GetParameter', (name) => arn('ssm', `parameter${name}`)),
      // Secrets Manager appends six characters of its own to a secret's ARN.
      ...read('secretsmanager', 'secretsmanager:GetSecretValue', (name) =>
        arn('secretsmanager', `secret:${name}-??????`)
      ),
      ...(queues.length
        ? [
            {
              Effect: 'Allow',
              Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
              Resource: queues,
            },
          ]
        : []),
      ...(definition.statements || []),
    ];
    return {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: assumedBy('lambda.amazonaws.com'),
        Policies: [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
      },
    };
  }

  // EventBridge Scheduler calls as this role, which can do nothing but call the scheduled functions.
  addScheduleRole() {
    const schedules = Object.values(this.resources).filter(({ Type }) => Type === 'AWS::Scheduler::Schedule');
    if (!schedules.length) return;
    // The next run does what this one could not: a day of retries, the default, would only pile up.
    const retries = { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 3600 };
    for (const { Properties } of schedules) Properties.Target.RetryPolicy = retries;
    const targets = schedules.map(({ Properties }) => Properties.Target.Arn);
    const unique = [...new Map(targets.map((target) => [JSON.stringify(target), target])).values()];
    const statement = { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: unique };
    this.resources.ScheduleRole = {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: assumedBy('scheduler.amazonaws.com'),
        Policies: [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: [statement] } }],
      },
    };
  }
}

function assumedBy(service) {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  };
}

module.exports = Functions;
