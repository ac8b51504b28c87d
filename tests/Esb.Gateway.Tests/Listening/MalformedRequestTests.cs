using System.Net;
using Esb.Gateway.Listening;
using Esb.Gateway.Settings;
using Esb.Gateway.Tests.Serving;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Esb.Gateway.Tests.Listening;

/// <summary>What is malformed is so in every form in which a request can be sent.</summary>
internal sealed class MalformedRequestTests : IDisposable
{
    private readonly Certificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [Test]
    [Arguments("x-a\r\nevil", 400)]
    [Arguments("x-a\nevil", 400)]
    [Arguments("x:evil", 400)]
    [Arguments("x-api-key ", 400)]
    [Arguments(" x-api-key", 400)]
    [Arguments("x a", 400)]
    [Arguments("x\ta", 400)]
    [Arguments("x\u0001a", 400)]
    [Arguments("x\"a", 400)]
    [Arguments("x-api-key", 200)]
    [Arguments("x!#$%&'*+.^_`|~9", 200)]
    [Arguments("accept", 200)]
    public async Task A_name_over_HTTP2_that_is_no_name_is_400_beside_others_that_are(string name, int status)
    {
        _certificates.Write("one");
        var certificate = new TlsCertificate(new TlsFiles(_certificates.CertificateFile, _certificates.KeyFile), NullLogger<TlsCertificate>.Instance, TimeProvider.System);
        await using var listener = await StartAsync(new ListenerRules(Certificate: certificate));
        var answer = await RawHttp2Client.GetAsync(listener.Address.Port, _certificates.ClientOptions, ("user-agent", "u"), (name, "v"), ("x-last", "l"));
        await Assert.That(answer).IsEqualTo(status);
    }

    [Test]
    [Arguments("/a%00b", 400)]
    [Arguments("http://localhost/a%00b", 400)]
    [Arguments("http://localhost/a%00", 400)]
    [Arguments("http://localhost/%00?q", 400)]
    [Arguments("/a?q=%00", 200)]
    [Arguments("http://localhost/a?q=%00", 200)]
    [Arguments("http://localhost/a%2500", 200)]
    [Arguments("http://localhost", 200)]
    public async Task A_NUL_in_the_path_is_400_in_either_form_of_the_target(string target, int status)
    {
        await using var listener = await StartAsync(new ListenerRules());
        var answer = await RawClient.SendAsync(listener.Address.Port, $"GET {target} HTTP/1.1\nHost: localhost\n\n");
        await Assert.That(answer.Status).IsEqualTo(status);
    }

    private static async Task<Listener> StartAsync(ListenerRules rules)
    {
        var listener = new Listener(new ListenAddress("TEST", new IPEndPoint(IPAddress.Loopback, 0)), _ => Task.CompletedTask, NullLoggerFactory.Instance, rules);
        await listener.StartAsync(CancellationToken.None);
        return listener;
    }
}
