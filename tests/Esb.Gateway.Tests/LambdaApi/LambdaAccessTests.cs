using System.Net;
using Esb.Gateway.LambdaApi;
using Esb.Gateway.RuntimeApi;
using Esb.Gateway.Settings;
using Esb.Host.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;

namespace Esb.Gateway.Tests.LambdaApi;

/// <summary>Which callers are admitted by their address, and what prevents that.</summary>
internal sealed class LambdaAccessTests
{
    // The published test suite signs for a service of this name.
    private const string Header =
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
            + "SignedHeaders=host;x-amz-date, "
            + "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31";

    private const string Signed = "Authorization: "
        + "AWS4-HMAC-SHA256 Credential=esb/20260101/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=0";
    private const string SignedByAnother = "Authorization: "
        + "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=0";

    [Test]
    [Arguments("127.0.0.1", "Host: 127.0.0.1:8080", "")]
    [Arguments("127.0.0.1", "Host: gateway:9001", "")]
    [Arguments("::1", "Host: localhost:8080", "")]
    [Arguments("::ffff:127.0.0.1", "Host: [::1]:8080", "")]
    [Arguments("127.0.0.1", "Host: esb.example.com", "")]
    [Arguments("127.0.0.1", "Host: 127.0.0.1|" + SignedByAnother, "")]
    [Arguments("10.0.0.7", "Host: 10.0.0.1", "MissingAuthenticationTokenException")]
    // A page in a browser of this machine.
    [Arguments("127.0.0.1", "Host: 127.0.0.1|Origin: http://evil.example", "AccessDeniedException")]
    [Arguments("127.0.0.1", "Host: 127.0.0.1|Sec-Fetch-Site: cross-site", "AccessDeniedException")]
    [Arguments("127.0.0.1", "Host: 127.0.0.1|Sec-Fetch-Site: same-site|" + SignedByAnother, "AccessDeniedException")]
    [Arguments("127.0.0.1", "Host: evil.example:8080", "AccessDeniedException")]
    [Arguments("127.0.0.1", "Host: 0.0.0.0:8080", "AccessDeniedException")]
    [Arguments("::1", "Host: [::]:8080", "AccessDeniedException")]
    // A proxy on this machine.
    [Arguments("127.0.0.1", "Host: 127.0.0.1|X-Forwarded-For: 10.0.0.7", "MissingAuthenticationTokenException")]
    [Arguments("127.0.0.1", "Host: 127.0.0.1|x-forwarded-host: esb.example.com", "MissingAuthenticationTokenException")]
    [Arguments("127.0.0.1", "Host: 127.0.0.1|X-Forwarded-Proto: https", "MissingAuthenticationTokenException")]
    [Arguments("127.0.0.1", "Host: 127.0.0.1|Forwarded: for=10.0.0.7", "MissingAuthenticationTokenException")]
    [Arguments("127.0.0.1", "Host: 127.0.0.1|X-Real-IP: 10.0.0.7", "MissingAuthenticationTokenException")]
    [Arguments("127.0.0.1", "Host: 127.0.0.1|Via: 1.1 proxy", "MissingAuthenticationTokenException")]
    [Arguments("127.0.0.1", "Host: 127.0.0.1|X-Forwarded: for=10.0.0.7", "MissingAuthenticationTokenException")]
    [Arguments("127.0.0.1", "Host: 127.0.0.1|CDN-Loop: cdn.example", "MissingAuthenticationTokenException")]
    [Arguments("127.0.0.1", "Host: 127.0.0.1|X-Varnish: 1", "MissingAuthenticationTokenException")]
    [Arguments("127.0.0.1", "Host: 127.0.0.1|Protocol: HTTP/1.0", "MissingAuthenticationTokenException")]
    [Arguments("127.0.0.1", "Host: 127.0.0.1|Via: 1.1 proxy|" + SignedByAnother, "UnrecognizedClientException")]
    public async Task A_local_caller_is_admitted_unless_it_may_be_a_page_or_a_proxy(
        string remote,
        string headers,
        string error)
    {
        var refusal = Access().Refusal(Request(remote, headers), out var toCheck);
        await Assert.That(refusal?.Type ?? "").IsEqualTo(error);
        await Assert.That(toCheck).IsNull();
    }

    [Test]
    [Arguments("Host: evil.example|Origin: http://evil.example|Sec-Fetch-Site: cross-site")]
    [Arguments("Host: mybox:8080|X-Forwarded-For: 10.0.0.7")]
    public async Task A_signature_with_the_key_of_the_platform_is_checked_whatever_else_the_request_has(string headers)
    {
        await Assert.That(Access().Refusal(Request("127.0.0.1", $"{headers}|{Signed}"), out var toCheck)).IsNull();
        await Assert.That(toCheck!.KeyId).IsEqualTo("esb");
    }

    [Test]
    public async Task A_valid_signature_for_another_service_does_not_allow_calls_of_functions()
    {
        var access = new LambdaAccess(
            GatewaySettings.Read(new ConfigurationBuilder().Build()) with
            {
                Credentials = ("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
                SignatureRequired = true,
            },
            new WorkerDirectory(),
            TimeProvider.System);
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Loopback;
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = "/";
        context.Request.Method = "GET";
        context.Request.Headers.Host = "example.amazonaws.com";
        context.Request.Headers["X-Amz-Date"] = "20150830T123600Z";
        context.Request.Headers.Authorization = Header;

        await Assert.That(access.Refusal(context, out var claim)).IsNull();
        var refused = access.Check(context, claim!, []);

        await Assert.That(refused!.Message).IsEqualTo("Credential should be scoped to correct service: 'lambda'.");
        await Assert.That(refused.Status).IsEqualTo(403);
    }

    [Test]
    public async Task An_invalid_host_name_is_an_error_at_the_start()
    {
        await Assert.That(() => Settings("http://esb.example.com")).Throws<SettingException>();
    }

    private static LambdaAccess Access() =>
        new(Settings("esb.example.com"), new WorkerDirectory(), TimeProvider.System);

    private static GatewaySettings Settings(string names)
    {
        var variables = new Dictionary<string, string?>
        {
            ["AWS_ACCESS_KEY_ID"] = "esb",
            ["AWS_SECRET_ACCESS_KEY"] = "secret",
            ["AWS_ENDPOINT_URL_LAMBDA"] = "http://gateway:9001",
            ["ESB_ALLOWED_HOSTS"] = names,
        };
        return GatewaySettings.Read(new ConfigurationBuilder().AddInMemoryCollection(variables).Build());
    }

    private static DefaultHttpContext Request(string remote, string headers)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(remote);
        context.Request.Protocol = "HTTP/1.1";
        foreach (var header in headers.Split('|'))
        {
            var (name, value) = (
                header[..header.IndexOf(':', StringComparison.Ordinal)],
                header[(header.IndexOf(':', StringComparison.Ordinal) + 2)..]);
            if (name == "Protocol")
                context.Request.Protocol = value;
            else
                context.Request.Headers[name] = value;
        }

        return context;
    }
}
