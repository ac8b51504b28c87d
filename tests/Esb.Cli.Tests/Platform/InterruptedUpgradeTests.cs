using Esb.Cli.Platform;
using Esb.Cli.Platform.Upgrading;
using Esb.Cli.Processes;

namespace Esb.Cli.Tests.Platform;

internal sealed class InterruptedUpgradeTests
{
    private static readonly RunningComponent Agent = Component(ComponentKind.Agent, 1);
    private static readonly RunningComponent Old = Component(ComponentKind.Gateway, 2);
    private static readonly RunningComponent New = Component(ComponentKind.Gateway, 3);

    private static readonly PlatformState Upgrading = new(
        default,
        "/config",
        new PlatformAddresses(
            new Uri("http://a"), new Uri("http://b"), ":1", new Uri("http://c"), new Uri("http://d"), "/s"),
        "eu-central-1",
        [Agent, Old])
    {
        Starting = New,
    };

    [Test]
    [Arguments(2, "1 2", "")]
    [Arguments(3, "1 3", "2")]
    [Arguments(null, "1", "2")]
    [Arguments(4711, "1", "2")]
    public async Task The_serving_gateway_is_that_of_the_platform_and_the_earlier_one_may_finish(
        int? serving,
        string components,
        string leaving)
    {
        var resolved = InterruptedUpgrade.Resolve(Upgrading, serving);
        await Assert.That(string.Join(' ', resolved.Components.Select(c => c.Process.Pid))).IsEqualTo(components);
        await Assert.That(string.Join(' ', resolved.Leaving.Select(c => c.Process.Pid))).IsEqualTo(leaving);
        await Assert.That(resolved.Starting).IsNull();
    }

    private static RunningComponent Component(ComponentKind kind, int pid) =>
        new(kind, new ProcessIdentity(pid, 1, "boot"), "address", "log");
}
