using Esb.Cli.Environments;
using Esb.Cli.Settings;
using Esb.Cli.Staging;

namespace Esb.Cli.Tests.Environments;

/// <summary>
/// Where the configuration of a platform is that an earlier version started. The folder in which somebody stands
/// belongs to the whole process.
/// </summary>
[NotInParallel]
internal sealed class EarlierConfigurationTests : IDisposable
{
    private readonly Machine _machine = new();
    private readonly string _before = Directory.GetCurrentDirectory();

    [Test]
    public async Task A_new_platform_has_its_configuration_in_its_own_folder_wherever_somebody_stands()
    {
        Stand("here");
        await Assert.That(_machine.Read(null).ConfigFolder).IsEqualTo(_machine.At("state/default/config"));
        _machine.Write("here/services/gateway/config/functions.yml", "functions: {}\n");
        await Assert.That(_machine.Read(null).ConfigFolder).IsEqualTo(_machine.At("state/default/config"));
        await Assert.That(EarlierConfiguration.Unserved(_machine.At("state/default/config")))
            .IsEqualTo(_machine.At("here/services/gateway/config"));
    }

    [Test]
    public async Task The_folder_of_a_checkout_s_Compose_files_is_theirs()
    {
        Stand("here");
        _machine.Started("default").Write("here/services/gateway/config/functions.yml", "functions: {}\n");
        _machine.Write("here/docker-compose.docker.yml", "");
        await Assert.That(_machine.Read(null).ConfigFolder).IsEqualTo(_machine.At("state/default/config"));
        await Assert.That(EarlierConfiguration.Unserved(_machine.At("state/default/config"))).IsNull();
    }

    [Test]
    public async Task A_platform_that_was_started_keeps_the_folder_below_the_one_in_which_it_is_started_again()
    {
        Stand("here");
        _machine.Started("default").Write("here/services/gateway/config/functions.yml", "functions: {}\n");
        await Assert.That(_machine.Read(null).ConfigFolder).IsEqualTo(_machine.At("here/services/gateway/config"));
    }

    [Test]
    public async Task From_elsewhere_it_is_the_folder_that_was_deployed_to()
    {
        Stand("here");
        _machine.Started("default").Write("there/services/gateway/config/functions.yml", "functions: {}\n");
        KnownConfigurations.Add(
            new StateFolder(_machine.At("state/default")), _machine.At("there/services/gateway/config"));
        await Assert.That(_machine.Read(null).ConfigFolder).IsEqualTo(_machine.At("there/services/gateway/config"));
    }

    [Test]
    public async Task A_platform_that_an_earlier_version_left_running_is_where_that_wrote_down()
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
