using System.Runtime.CompilerServices;
using Esb.Gateway.Settings;
using Esb.Host.Settings;
using Microsoft.Extensions.Configuration;

namespace Esb.Gateway.Tests.Settings;

internal sealed class KeyPairTests
{
    [Test]
    [Arguments("0.0.0.0")]
    [Arguments("192.0.2.7")]
    [Arguments("::")]
    public async Task The_public_secret_is_refused_when_other_machines_are_admitted(string address)
    {
        await Assert.That(() => Read(
            ("AWS_ACCESS_KEY_ID", "esb"),
            ("AWS_SECRET_ACCESS_KEY", KeyPair.PublicSecret),
            ("GATEWAY_ADDRESS", address)))
            .Throws<SettingException>().WithMessageContaining($"AWS_SECRET_ACCESS_KEY is '{KeyPair.PublicSecret}'; "
                + $"allowed: one that only you know, as GATEWAY_ADDRESS {address}");
        await Assert.That(Read(
            ("AWS_ACCESS_KEY_ID", "esb"), ("AWS_SECRET_ACCESS_KEY", "mine"), ("GATEWAY_ADDRESS", address)))
            .IsEqualTo(("esb", "mine"));
    }

    [Test]
    [Arguments("")]
    [Arguments("127.0.0.1")]
    [Arguments("127.9.9.9")]
    [Arguments("::1")]
    public async Task The_public_secret_is_accepted_on_this_machine_only(string address)
    {
        await Assert.That(Read(
            ("AWS_ACCESS_KEY_ID", "esb"),
            ("AWS_SECRET_ACCESS_KEY", KeyPair.PublicSecret),
            ("GATEWAY_ADDRESS", address))).IsEqualTo(("esb", KeyPair.PublicSecret));
    }

    [Test]
    public async Task An_incomplete_key_pair_is_ignored()
    {
        await Assert.That(Read(("AWS_ACCESS_KEY_ID", "esb"), ("AWS_SECRET_ACCESS_KEY", ""))).IsNull();
        await Assert.That(Read(("AWS_SECRET_ACCESS_KEY", "mine"))).IsNull();
    }

    [Test]
    public async Task It_is_the_default_of_the_Compose_file_which_tells_the_gateway_where_the_port_is_published()
    {
        var compose = await File.ReadAllTextAsync(Path.Combine(
            Path.GetDirectoryName(Here())!, "../../../docker-compose.docker.yml"));
        await Assert.That(compose).Contains($"${{AWS_SECRET_ACCESS_KEY:-{KeyPair.PublicSecret}}}");
        await Assert.That(compose).Contains("GATEWAY_ADDRESS: ${GATEWAY_ADDRESS:-127.0.0.1}");
    }

    private static string Here([CallerFilePath] string file = "") => file;

    private static (string Id, string Secret)? Read(params (string Name, string Value)[] variables) =>
        KeyPair.Read(new ConfigurationBuilder()
            .AddInMemoryCollection(variables.ToDictionary(v => v.Name, v => (string?)v.Value))
            .Build());
}
