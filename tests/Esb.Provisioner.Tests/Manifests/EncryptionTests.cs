using Esb.Manifests;
using Esb.Schema.Diagnostics;
using Esb.Schema.Resources;
using Esb.Schema.Yaml;

namespace Esb.Provisioner.Tests.Manifests;

/// <summary>The encryption of a bucket. CloudFormation requires no algorithm, because S3 has a default.</summary>
internal sealed class EncryptionTests
{
    [Test]
    [Arguments("{BucketKeyEnabled: true}", "AES256", true)]
    [Arguments("{BlockedEncryptionTypes: {EncryptionType: [NONE]}}", "AES256", false)]
    [Arguments("{ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms}, BucketKeyEnabled: true}", "aws:kms", true)]
    public async Task A_rule_that_names_no_algorithm_has_the_default_of_S3(
        string rule,
        string algorithm,
        bool hasBucketKey)
    {
        var setting = Read(rule, []);
        await Assert.That(setting).IsEqualTo(new EncryptionSetting(algorithm, null, hasBucketKey));
    }

    [Test]
    [Arguments("{ServerSideEncryptionByDefault: {}}", "'SSEAlgorithm' is missing")]
    [Arguments("{BucketKey: true}", "the key 'BucketKey' is not read")]
    public async Task A_default_without_an_algorithm_and_an_unknown_key_are_errors(string rule, string message)
    {
        var diagnostics = new DiagnosticBag();
        Read(rule, diagnostics);
        await Assert.That(string.Join('\n', diagnostics)).Contains("error: ").And.Contains(message);
    }

    private static EncryptionSetting? Read(string rule, DiagnosticBag diagnostics)
    {
        var text = "resources:\n  s3:\n    - BucketName: receipts\n      BucketEncryption: "
            + $"{{ServerSideEncryptionConfiguration: [{rule}]}}\n";
        var document = (YamlMapping)YamlReader.Read(text, "t.yml", diagnostics)!;
        var wanted = WantedResources.Read(ResourcesFile.Read(document, diagnostics), diagnostics);
        return wanted.Buckets.Single().Bucket.Settings.OfType<EncryptionSetting>().SingleOrDefault();
    }
}
