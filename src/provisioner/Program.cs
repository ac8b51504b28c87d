using Amazon;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.S3;
using Esb.Provisioner;
using Esb.Provisioner.Buckets;
using Esb.Provisioner.Manifests;
using Esb.Provisioner.Settings;
using Esb.Provisioner.Tables;
using Esb.Schema.Diagnostics;
using Microsoft.Extensions.Configuration;

// 0: everything is there. 1: it is not. 2: a setting is wrong.
ProvisionerSettings settings;
try
{
    settings = ProvisionerSettings.Read(new ConfigurationBuilder().AddEnvironmentVariables().Build());
}
catch (FormatException e)
{
    await Console.Error.WriteLineAsync($"esb-provisioner: error: {e.Message}");
    return 2;
}

var diagnostics = new DiagnosticBag();
var (path, wanted) = Manifest.Read(settings, diagnostics);
if (path is null && !diagnostics.HasErrors)
{
    Console.WriteLine("no manifest, nothing to do");
    return 0;
}

if (wanted is not null)
{
    var region = RegionEndpoint.GetBySystemName(settings.Region);
    // We wait ourselves, with a limit and a word to whoever watches.
    using var tables = new TableStore(new AmazonDynamoDBClient(With(new AmazonDynamoDBConfig { MaxErrorRetry = 0 }, settings.DynamoDbEndpoint, region)));
    using var buckets = new BucketStore(new AmazonS3Client(With(new AmazonS3Config { MaxErrorRetry = 0, ForcePathStyle = settings.S3Endpoint is not null }, settings.S3Endpoint, region)));
    try
    {
        await new ProvisioningRun(tables, buckets, settings.Timeout, Console.Out).ApplyAsync(wanted, diagnostics, CancellationToken.None);
    }
    catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException or IOException)
    {
        var at = e is AmazonS3Exception ? settings.S3Endpoint : settings.DynamoDbEndpoint;
        diagnostics.Add(new Diagnostic(Severity.Error, DiagnosticCodes.Environment, $"{e.Message}{(at is null ? "" : $" ({at})")}", path, Help: "check that the store runs and that AWS_ENDPOINT_URL_DYNAMODB, AWS_ENDPOINT_URL_S3 and the credentials are right"));
    }
}

foreach (var diagnostic in diagnostics)
    await Console.Error.WriteLineAsync(diagnostic.ToString());
return diagnostics.HasErrors ? 1 : 0;

static T With<T>(T config, string? endpoint, RegionEndpoint region)
    where T : ClientConfig
{
    if (endpoint is null)
        config.RegionEndpoint = region;
    else
        (config.ServiceURL, config.AuthenticationRegion) = (endpoint, region.SystemName);
    return config;
}
