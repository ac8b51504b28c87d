using Esb.Cli.Processes;

namespace Esb.Cli.Tests.Processes;

internal sealed class ProxyExceptionTests
{
    [Test]
    public async Task Without_a_proxy_nothing_is_set() =>
        await Assert.That(ProxyExceptions.Of(name => name == "no_proxy" ? "example.org" : null)).IsEmpty();

    [Test]
    [Arguments("http_proxy", null, "127.0.0.1,localhost,::1")]
    [Arguments("HTTPS_PROXY", "", "127.0.0.1,localhost,::1")]
    [Arguments("all_proxy", "example.org, localhost", "example.org,localhost,127.0.0.1,::1")]
    public async Task With_a_proxy_this_machine_is_excepted_and_earlier_exceptions_stay(
        string proxy,
        string? given,
        string expected)
    {
        var set = ProxyExceptions.Of(
            name => name == proxy ? "http://proxy.example:3128" : name == "NO_PROXY" ? given : null);
        await Assert.That(set["no_proxy"]).IsEqualTo(expected);
        await Assert.That(set["NO_PROXY"]).IsEqualTo(expected);
    }
}
