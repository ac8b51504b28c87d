using Esb.Gateway.LambdaApi;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Esb.Gateway.Tests.LambdaApi;

/// <summary>Requests of AWS's published Signature Version 4 test suite.</summary>
internal sealed class SignatureCheckTests
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private static readonly DateTimeOffset SignedAt = new(2015, 8, 30, 12, 36, 0, TimeSpan.Zero);

    [Test]
    [Arguments("GET", "/", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [Arguments(
        "GET", "/?Param2=value2&Param1=value1", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")]
    [Arguments("POST", "/", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")]
    public async Task Requests_of_the_published_test_suite_have_the_right_signature(
        string method,
        string target,
        string signature)
    {
        var (request, claim) = Request(method, target, signature);
        await Assert.That(SignatureCheck.Problem(request, claim, [], Secret, SignedAt)).IsNull();
    }

    [Test]
    public async Task The_same_signature_is_wrong_for_another_path_body_secret_or_time()
    {
        const string Signature = "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31";
        var (other, claim) = Request("GET", "/other", Signature);
        var (right, _) = Request("GET", "/", Signature);
        await Assert.That(SignatureCheck.Problem(other, claim, [], Secret, SignedAt)).Contains("does not match");
        await Assert.That(SignatureCheck.Problem(right, claim, [1], Secret, SignedAt)).Contains("does not match");
        await Assert.That(SignatureCheck.Problem(right, claim, [], Secret + "x", SignedAt)).Contains("does not match");
        await Assert.That(SignatureCheck.Problem(right, claim, [], Secret, SignedAt.AddMinutes(6)))
            .Contains("Signature expired");
        await Assert.That(SignatureCheck.Problem(
            right, claim with { SignedHeaders = ["x-amz-date"] }, [], Secret, SignedAt)).Contains("Host");
    }

    [Test]
    public async Task A_header_of_AWS_that_the_signature_does_not_cover_is_refused()
    {
        var (request, claim) = Request("GET", "/", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
        request.Headers["X-Amz-Invocation-Type"] = "Event";
        await Assert.That(SignatureCheck.Problem(request, claim, [], Secret, SignedAt))
            .IsEqualTo("X-Amz-Invocation-Type must be among the signed headers");
    }

    [Test]
    [Arguments("2015")]
    [Arguments("")]
    [Arguments("20150830T")]
    public async Task The_day_of_the_scope_is_the_whole_day_of_the_request(string day)
    {
        var (request, claim) = Request("GET", "/", "x");
        await Assert.That(SignatureCheck.Problem(request, claim with { Date = day }, [], Secret, SignedAt))
            .Contains("does not belong to the credential's scope");
    }

    [Test]
    [Arguments("")]
    [Arguments("Bearer token")]
    [Arguments("AWS4-HMAC-SHA256 Credential=a/b/c, SignedHeaders=host, Signature=x")]
    [Arguments("AWS4-HMAC-SHA256 Credential=a/20150830/r/s/aws4_request, Signature=x")]
    [Arguments("AWS4-HMAC-SHA256 Credential=a/20150830/r/s/aws4_request, SignedHeaders=host;x-a;x-a, Signature=x")]
    public async Task An_authorization_header_of_another_form_has_no_signature(string header)
    {
        await Assert.That(SignatureClaim.TryParse(header, out _)).IsFalse();
    }

    private static (HttpRequest Request, SignatureClaim Claim) Request(string method, string target, string signature)
    {
        var context = new DefaultHttpContext();
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target;
        context.Request.Method = method;
        context.Request.Headers.Host = "example.amazonaws.com";
        context.Request.Headers["X-Amz-Date"] = "20150830T123600Z";
        var header = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
            + $"SignedHeaders=host;x-amz-date, Signature={signature}";
        return SignatureClaim.TryParse(header, out var claim)
            ? (context.Request, claim)
            : throw new InvalidOperationException(header);
    }
}
