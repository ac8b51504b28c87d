using Esb.Gateway.HandOver;
using Esb.Gateway.Settings;
using Esb.Host.Settings;
using Microsoft.Extensions.Configuration;

namespace Esb.Gateway.Tests.HandOver;

internal sealed class SystemdSocketsTests
{
    [Test]
    [Arguments("7", "2", "public:admin", "public,admin")]
    [Arguments("7", "2", null, ",")]
    [Arguments("7", "2", "public", "public,")]
    [Arguments("8", "2", "public:admin", "")]
    [Arguments(null, "2", "public:admin", "")]
    [Arguments("7", null, "public:admin", "")]
    [Arguments("7", "0", "", "")]
    public async Task Sockets_are_taken_when_they_are_meant_for_this_process(
        string? pid,
        string? count,
        string? names,
        string expected)
    {
        string? Variable(string name) => name switch { "LISTEN_PID" => pid, "LISTEN_FDS" => count, _ => names };
        await Assert.That(string.Join(',', SystemdSockets.Names(Variable, 7))).IsEqualTo(expected);
    }

    [Test]
    [Arguments("many")]
    [Arguments("-1")]
    [Arguments("9")]
    public async Task An_invalid_number_of_sockets_names_the_variable(string count) =>
        await Assert.That(() => SystemdSockets.Names(name => name == "LISTEN_PID" ? "7" : count, 7))
            .Throws<SettingException>()
            .WithMessageContaining("LISTEN_FDS");

    [Test]
    [Arguments("public", 1, "public")]
    [Arguments("runtime-api", 8080, "runtime-api")]
    [Arguments("esb-gateway.socket", 8080, "public")]
    [Arguments("esb-gateway.socket", 9002, "admin")]
    [Arguments("", 9001, "runtime-api")]
    [Arguments("", 4711, null)]
    public async Task A_socket_is_identified_by_its_name_or_else_by_its_port(string given, int port, string? expected)
    {
        var settings = GatewaySettings.Read(new ConfigurationBuilder().Build());
        await Assert.That(SystemdSockets.NameOf(given, port, settings)).IsEqualTo(expected);
    }
}
