// A plugin of osls. It adds to every function of serverless.yml its artefact, references to its secrets, a role with the
// least privileges and its alarms, and it creates the role of the schedules.
//
// Additional properties of a function:
//   secrets     names from custom.secrets; the function gets a variable with the reference, and permission to read it
//   statements  additional IAM statements of its role
//   alarmOn     log messages that raise an alarm, with their meaning; or names, with a condition `when` and `means`,
//               and `absentHours` if the alarm is that no such message came for so long
//
// custom.stage says what a stage has: alarms, reserved concurrency, an archive tier, a subscriber, a budget.
'use strict';

// The folder where `make package` puts the artefacts.
const DIST = process.env.RESUMEBASE_DIST || 'dist';

const LAMBDA_ALARMS = {
  Errors: 'an invocation failed or ran out of time',
  Throttles: 'invocations were refused at the concurrency limit',
};

class Functions {
  constructor(serverless) {
    this.serverless = serverless;
    this.hooks = {
      initialize: () => this.complete(),
      'package:compileFunctions': () => this.addResources(),
      'before:package:finalize': () => this.addScheduleRole(),
      'after:aws:package:finalize:mergeCustomProviderResources': () => this.dropWhatIsOff(),
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

  get stage() {
    return this.service.custom.stage;
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

  // Before osls compiles anything: set artefact, role and secrets of each function.
  complete() {
    this.each(({ definition, role }) => {
      const [, folder] = definition.handler.split('/');
      definition.package = { artifact: `${DIST}/${folder}.zip`, ...definition.package };
      definition.role = role;
      definition.environment = { ...definition.environment };
      if (this.stage.legacyJwtSecret) definition.secrets = [...(definition.secrets || []), 'SUPABASE_JWT_SECRET'];
      if (!this.stage.reservedConcurrency) delete definition.reservedConcurrency;
      for (const [name, reference] of this.secretsOf(definition)) definition.environment[name] = reference;
      for (const event of definition.events || []) {
        if (event.schedule && event.schedule.method === 'scheduler') {
          event.schedule.roleArn = { 'Fn::GetAtt': ['ScheduleRole', 'Arn'] };
        }
      }
    });
  }

  secretsOf(definition) {
    const references = this.service.custom.secrets;
    return (definition.secrets || []).flatMap((name) => {
      if (!(name in references)) throw new Error(`custom.secrets has no ${name}`);
      // A secret that is rotated with an overlap has a `_PREVIOUS` one beside it.
      return [name, `${name}_PREVIOUS`].filter((each) => each in references).map((each) => [each, references[each]]);
    });
  }

  addResources() {
    this.each(({ name, definition, id, role }) => {
      const logGroup = this.provider.naming.getLogGroupLogicalId(name);
      this.resources[role] = this.role(definition);
      for (const [metric, meaning] of Object.entries(LAMBDA_ALARMS)) {
        const dimensions = [{ Name: 'FunctionName', Value: definition.name }];
        this.alarm(`${id}${metric}Alarm`, definition, meaning, 'AWS/Lambda', metric, dimensions);
      }
      // Lambda counts a request that ends in a 5xx as a successful invocation; the edge logs it as an error.
      this.logAlarm(`${id}Faults`, logGroup, definition, '$.level = "ERROR" || $.level = "CRITICAL"', 'it logged an error');
      for (const [name, alarm] of Object.entries(definition.alarmOn || {})) {
        const { when, means, absentHours } =
          typeof alarm === 'string' ? { when: `$.message = "${name}"`, means: alarm } : alarm;
        const words = name.split('_').map((word) => word[0].toUpperCase() + word.slice(1));
        this.logAlarm(`${id}${words.join('')}`, logGroup, definition, when, means, absentHours);
      }
    });
  }

  logAlarm(id, logGroup, definition, condition, meaning, absentHours) {
    const namespace = `${this.service.service}-${this.provider.getStage()}`;
    this.resources[`${id}Filter`] = {
      Type: 'AWS::Logs::MetricFilter',
      Properties: {
        LogGroupName: { Ref: logGroup },
        FilterPattern: `{ ${condition} }`,
        MetricTransformations: [{ MetricNamespace: namespace, MetricName: id, MetricValue: '1', DefaultValue: 0 }],
      },
    };
    this.alarm(`${id}Alarm`, definition, meaning, namespace, id);
    if (absentHours) {
      // Periods of an hour: shorter ones may look back for a day at most.
      Object.assign(this.resources[`${id}Alarm`].Properties, {
        AlarmDescription: `${definition.name}: ${meaning} for ${absentHours} h`,
        Period: 3600,
        EvaluationPeriods: absentHours,
        ComparisonOperator: 'LessThanThreshold',
        TreatMissingData: 'breaching',
      });
    }
  }

  alarm(id, definition, meaning, namespace, metric, dimensions) {
    this.resources[id] = {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        AlarmDescription: `${definition.name}: ${meaning}`,
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
        OKActions: [{ Ref: 'AlarmTopic' }],
      },
    };
  }

  role(definition) {
    const sub = (text) => ({ 'Fn::Sub': text });
    const arn = (service, rest) =>
      sub(`arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${rest}`);
    const references = this.secretsOf(definition).map(([, reference]) => reference);
    const read = (store, action, ...resources) => {
      const names = references
        .filter((reference) => reference.startsWith(`${store}:`))
        .map((reference) => reference.slice(store.length + 1).split('#')[0]);
      const allowed = [...new Set(names)].flatMap((name) => resources.map((resource) => resource(name)));
      return names.length ? [{ Effect: 'Allow', Action: action, Resource: allowed }] : [];
    };
    const queues = (definition.events || []).filter((event) => event.sqs).map((event) => event.sqs.arn);
    const statements = [
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: arn('logs', `log-group:${this.provider.naming.getLogGroupName(definition.name)}:*`),
      },
      ...read('ssm', 'ssm:GetParameters', (name) => arn('ssm', `parameter${name}`)),
      // Secrets Manager appends six random characters to a secret's ARN. One that does not exist has none, and is
      // "denied" instead of "not found" unless its bare name is allowed, too.
      ...read(
        'secretsmanager',
        'secretsmanager:GetSecretValue',
        (name) => arn('secretsmanager', `secret:${name}-??????`),
        (name) => arn('secretsmanager', `secret:${name}`)
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

  dropWhatIsOff() {
    const off = (type) => {
      for (const [id, { Type }] of Object.entries(this.resources)) if (Type === type) delete this.resources[id];
    };
    if (!this.stage.alarms) ['AWS::CloudWatch::Alarm', 'AWS::Logs::MetricFilter'].forEach(off);
    if (!this.stage.alarmEmail) off('AWS::SNS::Subscription');
    if (!this.stage.budgetUsd) off('AWS::Budgets::Budget');
    if (!this.stage.archiveTier) {
      for (const rule of this.resources.ArchiveBucket.Properties.LifecycleConfiguration.Rules) delete rule.Transitions;
    }
  }

  // EventBridge Scheduler uses this role, which may only invoke the scheduled functions.
  addScheduleRole() {
    const schedules = Object.values(this.resources).filter(({ Type }) => Type === 'AWS::Scheduler::Schedule');
    if (!schedules.length) return;
    // The next run does the work of a failed one. The default, a day of retries, would only pile up runs.
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
