using System.Net;
using Esb.Gateway.LambdaApi;
using Esb.Gateway.RuntimeApi;
using Esb.Gateway.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;

namespace Esb.Gateway.Tests.LambdaApi;

internal sealed class LambdaAccessTests
{
    // The published test suite signs for a service that is called so.
    private const string Header =
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31";

    [Test]
    public async Task A_right_signature_for_another_service_is_no_leave_to_call_functions()
    {
        var access = new LambdaAccess(
            GatewaySettings.Read(new ConfigurationBuilder().Build()) with { Credentials = ("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"), SignatureRequired = true },
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
}
