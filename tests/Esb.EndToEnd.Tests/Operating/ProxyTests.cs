using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Operating;

/// <summary>A shell with a proxy in its environment, as in many companies.</summary>
internal sealed class ProxyTests
{
    [Test]
    public async Task A_proxy_of_the_shell_is_not_used_for_addresses_of_this_machine()
    {
        // Nothing listens there: requests through the proxy would fail.
        const string nobody = "http://127.0.0.1:1";
        await using var platform = new Platform(
            ("http_proxy", nobody),
            ("https_proxy", nobody),
            ("HTTP_PROXY", nobody),
            ("HTTPS_PROXY", nobody),
            ("no_proxy", ""),
            ("NO_PROXY", ""));
        await platform.InitializeAsync();
        var deploy = await platform.DeployAsync(platform.Write(
            "proxied",
            Templates.Function(
                "proxied",
                "/proxied",
                more: "  Notes:\n    Type: AWS::S3::Bucket\n    Properties: { BucketName: notes }\n"),
            ("src/app.py", Templates.Handler(
                "import boto3",
                "names = [b['Name'] for b in boto3.client('s3').list_buckets()['Buckets']]",
                "return {'statusCode': 200, 'body': names[0]}"))));
        await Assert.That(deploy.Output).Contains("notes created");
        await Assert.That(await platform.Client.GetStringAsync("/proxied")).IsEqualTo("notes");
    }
}
