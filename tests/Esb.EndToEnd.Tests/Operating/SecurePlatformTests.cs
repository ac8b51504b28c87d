using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Operating;

/// <summary>A platform whose public port uses TLS with a certificate that no client on this machine trusts.</summary>
internal sealed class SecurePlatformTests
{
    private const string Template =
        """
        Transform: AWS::Serverless-2016-10-31
        Globals:
          Function: {Runtime: python3.11, CodeUri: src}
        Resources:
          Asker:
            Type: AWS::Serverless::Function
            Properties:
              Handler: app.asker
              Events:
                Get: {Type: HttpApi, Properties: {Path: /ask, Method: GET}}
          Answerer:
            Type: AWS::Serverless::Function
            Properties: {FunctionName: answerer, Handler: app.answerer}
        """;

    private const string Code =
        """
        import boto3, json

        def asker(event, context):
            answer = boto3.client("lambda").invoke(FunctionName="answerer", Payload=json.dumps({"from": "asker"}))
            return {"statusCode": 200, "body": answer["Payload"].read().decode()}

        def answerer(event, context):
            return "hello " + event["from"]
        """;

    [Test]
    public async Task Up_deploy_invoke_and_functions_that_invoke_each_other_work_as_they_do_without_TLS()
    {
        var folder = Directory.CreateTempSubdirectory("esb-tls-").FullName;
        var (certificate, key) = (Path.Combine(folder, "tls.crt"), Path.Combine(folder, "tls.key"));
        Write(certificate, key);
        await using (var platform = new Platform(("TLS_CERT_FILE", certificate), ("TLS_KEY_FILE", key)))
        {
            await platform.InitializeAsync();
            var deploy = await platform.EsbAsync(
                "deploy", "-t", platform.Write("shop", Template, ("src/app.py", Code)));
            await Assert.That(deploy.ExitCode).IsEqualTo(0).Because(deploy.ToString());
            await Assert.That(deploy.Output + deploy.Error).Contains($"https://127.0.0.1:{platform.GatewayPort}/ask");

            using var client = new HttpClient(new SocketsHttpHandler
            {
                SslOptions = { RemoteCertificateValidationCallback = (_, c, _, _) => c!.Subject == "CN=box.example" },
            });
            // The replaced gateway keeps running as long as it has a connection.
            client.DefaultRequestHeaders.ConnectionClose = true;
            using var answer = await client.GetAsync(new Uri($"https://127.0.0.1:{platform.GatewayPort}/ask"));
            await Assert.That(answer.StatusCode).IsEqualTo(HttpStatusCode.OK);
            await Assert.That(await answer.Content.ReadAsStringAsync()).IsEqualTo("\"hello asker\"");

            var invoked = await platform.EsbAsync("invoke", "answerer", "-e", """{"from":"me"}""");
            await Assert.That(invoked.Output).Contains("hello me").Because(invoked.ToString());
            // The gateway that takes over has another port for workers.
            var old = PlatformProcesses.GatewayOf(platform);
            var upgraded = await platform.EsbAsync("upgrade");
            await Assert.That(upgraded.ExitCode).IsEqualTo(0).Because(upgraded.ToString());
            await Eventually.TrueAsync(() => PlatformProcesses.Of(platform).TrueForAll(p => p.Pid != old));
            using var after = await client.GetAsync(new Uri($"https://127.0.0.1:{platform.GatewayPort}/ask"));
            await Assert.That(await after.Content.ReadAsStringAsync()).IsEqualTo("\"hello asker\"");
            var again = await platform.EsbAsync("up");
            await Assert.That(again.ExitCode).IsEqualTo(0).Because(again.ToString());
        }

        Directory.Delete(folder, recursive: true);
    }

    private static void Write(string certificateFile, string keyFile)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=box.example", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
    }
}
