using Amazon.S3;
using Amazon.S3.Model;
using Esb.Manifests;
using Esb.Provisioner.Buckets;
using Esb.Provisioner.Planning;

namespace Esb.Provisioner.S3;

/// <summary>GetBucketNotificationConfiguration, PutBucketNotificationConfiguration.</summary>
internal sealed class NotificationDocument : IBucketDocument
{
    private const string Function = "Function";
    private const string Queue = "Queue";
    private const string Topic = "Topic";

    public string Property => BucketProperty.Notifications;

    public async Task<BucketSetting?> ReadAsync(
        AmazonS3Client client,
        string bucket,
        CancellationToken cancellationToken)
    {
        var answer = await client.GetBucketNotificationAsync(bucket, cancellationToken);
        var setting = new NotificationSetting(
            [
                .. (answer.LambdaFunctionConfigurations ?? []).Select(c => Read(Function, c.FunctionArn, c)),
                .. (answer.QueueConfigurations ?? []).Select(c => Read(Queue, c.Queue, c)),
                .. (answer.TopicConfigurations ?? []).Select(c => Read(Topic, c.Topic, c)),
            ],
            answer.EventBridgeConfiguration is not null);
        return setting.IsDefault ? null : setting;
    }

    public Task WriteAsync(
        AmazonS3Client client,
        string bucket,
        BucketSetting setting,
        CancellationToken cancellationToken)
    {
        var notifications = (NotificationSetting)setting;
        return client.PutBucketNotificationAsync(
            new PutBucketNotificationRequest
            {
                BucketName = bucket,
                LambdaFunctionConfigurations = [.. Of(notifications, Function).Select(t =>
                    new LambdaFunctionConfiguration { FunctionArn = t.Arn, Events = Events(t), Filter = Filtered(t) })],
                QueueConfigurations = [.. Of(notifications, Queue)
                    .Select(t => new QueueConfiguration { Queue = t.Arn, Events = Events(t), Filter = Filtered(t) })],
                TopicConfigurations = [.. Of(notifications, Topic)
                    .Select(t => new TopicConfiguration { Topic = t.Arn, Events = Events(t), Filter = Filtered(t) })],
                EventBridgeConfiguration = notifications.EventBridge ? new EventBridgeConfiguration() : null,
            },
            cancellationToken);
    }

    private static IEnumerable<NotificationTarget> Of(NotificationSetting setting, string kind) =>
        setting.Targets.Where(t => t.Kind == kind);

    private static NotificationTarget Read(string kind, string arn, NotificationConfiguration configuration) => new(
        kind,
        arn,
        [.. (configuration.Events ?? []).Select(e => e.Value).Order(StringComparer.Ordinal)],
        [.. (configuration.Filter?.S3KeyFilter?.FilterRules ?? [])
            .Select(r => KeyValuePair.Create(r.Name.ToLowerInvariant(), r.Value))
            .OrderBy(f => f.Key, StringComparer.Ordinal)]);

    private static List<EventType> Events(NotificationTarget target) =>
        [.. target.Events.Select(e => new EventType(e))];

    private static Filter? Filtered(NotificationTarget target) => target.Filters.Count == 0
        ? null
        : new Filter
        {
            S3KeyFilter = new S3KeyFilter
            {
                FilterRules = [.. target.Filters.Select(f => new FilterRule(f.Key, f.Value))],
            },
        };
}
