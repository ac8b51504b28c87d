using Esb.Cli.Environments;
using Esb.Cli.Settings;
using Esb.Host.Settings;

namespace Esb.Cli.Tests.Environments;

internal sealed class EnvironmentChoiceTests
{
    // Arguments: the environments as NAME or NAME=MARK, the default one with an asterisk; the value of --env; and the
    // expected result: the platform and what a deploy marks it as (-: nothing), or an error.
    [Test]
    [Arguments("", null, "default -")]
    [Arguments("", "prod", "default prod")]
    [Arguments("default", "prod", "default prod")]
    [Arguments("default", null, "default -")]
    [Arguments("default=prod", "prod", "default prod")]
    [Arguments("default=prod", null, "default prod")]
    [Arguments("default=prod", "default", "default prod")]
    [Arguments("default=prod", "dev", "this platform is environment 'prod', not 'dev'; nothing was changed")]
    [Arguments("default dev", "dev", "dev dev")]
    [Arguments("default=prod dev=dev", "dev", "dev dev")]
    [Arguments("default=prod dev=dev*", null, "dev dev")]
    [Arguments("default=prod dev=dev*", "prod", "default prod")]
    [Arguments("default dev=dev*", "test", "this platform is environment 'dev', not 'test'; nothing was changed")]
    [Arguments("default shop=test", "test", "shop test")]
    [Arguments("default shop=test", "shop", "shop test")]
    public async Task A_command_uses_the_environment_with_that_name_or_the_default_one_unless_its_mark_differs(
        string there,
        string? named,
        string expected)
    {
        using var machine = Machine(there);
        await Assert.That(Told(() => machine.Read(named))).IsEqualTo(expected);
    }

    [Test]
    [Arguments("", null, "default -")]
    [Arguments("", "dev", "dev dev")]
    [Arguments("default", "dev", "dev dev")]
    [Arguments("default=prod", "prod", "default prod")]
    [Arguments("default=prod", "dev", "dev dev")]
    [Arguments("default=prod dev=dev", "dev", "dev dev")]
    [Arguments("default=prod dev=dev*", null, "dev dev")]
    public async Task A_start_creates_an_environment_that_does_not_exist(string there, string? named, string expected)
    {
        using var machine = Machine(there);
        await Assert.That(Told(() => machine.Read(named, EnvironmentUse.Start))).IsEqualTo(expected);
    }

    [Test]
    [Arguments("default=prod shop", "prod", "shop prod")]
    [Arguments("default=prod shop=test", "test", "shop test")]
    [Arguments("default=prod shop=test", null, "shop test")]
    [Arguments(
        "default=prod shop=test", "prod", "this platform is environment 'test', not 'prod'; nothing was changed")]
    public async Task The_name_that_earlier_versions_gave_a_platform_still_selects_it(
        string there,
        string? named,
        string expected)
    {
        using var machine = Machine(there);
        machine.Settings[SettingNames.Project] = "shop";
        await Assert.That(Told(() => machine.Read(named))).IsEqualTo(expected);
    }

    [Test]
    public async Task With_containers_the_configuration_of_the_env_file_decides_which_environment_the_platform_is()
    {
        using var machine = Machine("default=test dev=dev");
        machine.Settings[SettingNames.Mode] = "docker";
        machine.Settings[SettingNames.ConfigDir] = machine.At("compose");
        await Assert.That(Told(() => machine.Read("prod"))).IsEqualTo("default prod");
        machine.Write("compose/.environment", "prod\n");
        await Assert.That(Told(() => machine.Read("prod"))).IsEqualTo("default prod");
        var failure = Assert.Throws<CommandFailure>(() => machine.Read("dev"));
        await Assert.That(failure.ExitCode).IsEqualTo(ExitCode.Failure);
        await Assert.That(failure.Message).IsEqualTo(
            $"this platform is environment 'prod', not 'dev' ({machine.At("compose")}); nothing was changed");
        await Assert.That(failure.Diagnostics[0].Help).Contains("name the .env file of 'dev' with --env-file");
    }

    [Test]
    public async Task A_configuration_folder_belongs_to_one_environment()
    {
        using var machine = Machine("default=prod dev=dev");
        machine.Write("state/default/environment.json", $$"""{"config_dir": "{{machine.At("shared")}}"}""");
        machine.Write("shared/functions.yml", "");
        machine.Settings[SettingNames.ConfigDir] = machine.At("shared");
        await Assert.That(Told(() => machine.Read("other", EnvironmentUse.Start)))
            .IsEqualTo($"CONFIG_DIR '{machine.At("shared")}' is the configuration of environment 'default', "
                + "not of 'other'; nothing was changed");
        machine.Write("shared/.environment", "prod\n");
        await Assert.That(Told(() => machine.Read("dev"))).IsEqualTo($"CONFIG_DIR '{machine.At("shared")}' is the "
            + "configuration of environment 'prod', not of 'dev'; nothing was changed");
        await Assert.That(Told(() => machine.Read("prod"))).IsEqualTo("default prod");
    }

    [Test]
    public async Task A_platform_of_an_earlier_version_is_the_environment_that_was_last_deployed_to_it()
    {
        using var machine = Machine("default");
        machine.Write("state/default/config/.revisions/1/revision.json", Note("prod"));
        machine.Write(
            "state/default/config/.revisions/2/revision.json", Note("dev")); // The note of a deploy without --env.
        await Assert.That(Told(() => machine.Read(null))).IsEqualTo("default prod");
        await Assert.That(Told(() => machine.Read("prod"))).IsEqualTo("default prod");
        await Assert.That(Told(() => machine.Read("dev")))
            .IsEqualTo("this platform is environment 'prod', not 'dev'; nothing was changed");
    }

    [Test]
    [Arguments(
        "../up",
        "--env is '../up'; allowed: a letter or digit, then letters, digits, '.', '-' and '_', at most 63 in all")]
    public async Task An_invalid_name_is_refused(string name, string message)
    {
        using var machine = Machine("default");
        await Assert.That(Told(() => machine.Read(name))).IsEqualTo(message);
    }

    private static Machine Machine(string there)
    {
        var machine = new Machine();
        foreach (var name in there.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = name.TrimEnd('*').Split('=');
            machine.Started(parts[0], parts.ElementAtOrDefault(1));
            if (name.EndsWith('*'))
                machine.Write("state/.default-environment", parts[0] + "\n");
        }

        return machine;
    }

    private static string Note(string environment) =>
        """{"time": "2026-01-01T00:00:00Z", "kind": "deploy", "command": "esb deploy", "templates": [], """
                + $$""" "environment": "{{environment}}", "configuration": "", "changes": { } }""";

    private static string Told(Func<PlatformSettings> read)
    {
        try
        {
            var settings = read();
            return $"{settings.Project} {settings.Environment ?? "-"}";
        }
        catch (Exception failure) when (failure is CommandFailure or SettingException)
        {
            return failure.Message;
        }
    }
}
