using Esb.Cli.Environments;
using Esb.Cli.Settings;
using Esb.Cli.Staging;

namespace Esb.Cli.Tests.Environments;

/// <summary>
/// The place of the configuration of a platform that an earlier version started. Not in parallel, because the current
/// folder belongs to the whole process.
/// </summary>
[NotInParallel]
internal sealed class EarlierConfigurationTests : IDisposable
{
    private readonly Machine _machine = new();
    private readonly string _before = Directory.GetCurrentDirectory();

    [Test]
    public async Task A_new_platform_has_its_configuration_in_its_own_folder_whatever_the_current_folder_is()
    {
        Stand("here");
        await Assert.That(_machine.Read(null).ConfigFolder).IsEqualTo(_machine.At("state/default/config"));
        _machine.Write("here/services/gateway/config/functions.yml", "functions: {}\n");
        await Assert.That(_machine.Read(null).ConfigFolder).IsEqualTo(_machine.At("state/default/config"));
        await Assert.That(EarlierConfiguration.Unserved(_machine.At("state/default/config")))
            .IsEqualTo(_machine.At("here/services/gateway/config"));
    }

    [Test]
    public async Task The_configuration_folder_next_to_the_Compose_files_of_a_checkout_is_used_only_for_them()
    {
        Stand("here");
        _machine.Started("default").Write("here/services/gateway/config/functions.yml", "functions: {}\n");
        _machine.Write("here/docker-compose.docker.yml", "");
        await Assert.That(_machine.Read(null).ConfigFolder).IsEqualTo(_machine.At("state/default/config"));
        await Assert.That(EarlierConfiguration.Unserved(_machine.At("state/default/config"))).IsNull();
    }

    [Test]
    public async Task A_platform_that_was_started_keeps_the_folder_below_the_current_one_when_it_is_restarted_there()
    {
        Stand("here");
        _machine.Started("default").Write("here/services/gateway/config/functions.yml", "functions: {}\n");
        await Assert.That(_machine.Read(null).ConfigFolder).IsEqualTo(_machine.At("here/services/gateway/config"));
    }

    [Test]
    public async Task From_another_folder_it_uses_the_folder_that_was_deployed_to()
    {
        Stand("here");
        _machine.Started("default").Write("there/services/gateway/config/functions.yml", "functions: {}\n");
        KnownConfigurations.Add(
            new StateFolder(_machine.At("state/default")), _machine.At("there/services/gateway/config"));
        await Assert.That(_machine.Read(null).ConfigFolder).IsEqualTo(_machine.At("there/services/gateway/config"));
    }

    [Test]
    public async Task A_platform_that_an_earlier_version_left_running_uses_the_folder_that_it_recorded()
    {
        Stand("here");
        _machine.Started("default").Write("there/config/functions.yml", "functions: {}\n");
        _machine.Write("state/default/platform.json",
            """{"started_at": "2026-01-01T00:00:00Z", "components": [], """
                + $$""" "config_dir": "{{_machine.At("there/config")}}"}""");
        await Assert.That(_machine.Read(null).ConfigFolder).IsEqualTo(_machine.At("there/config"));
    }

    public void Dispose()
    {
        Directory.SetCurrentDirectory(_before);
        _machine.Dispose();
    }

    private void Stand(string folder) =>
        Directory.SetCurrentDirectory(Directory.CreateDirectory(_machine.At(folder)).FullName);
}
