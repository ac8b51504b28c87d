using Esb.Cli.Platform;
using Esb.Cli.Systemd;

namespace Esb.Cli.Tests.Systemd;

internal sealed class UnitFileTests
{
    private static readonly UnitSetting Own = new(
        "esb-shop", "/home/a b/bin/esb", ["--env-file", "/home/a b/100%/$x.env"], "default.target")
    {
        SearchPath = "/opt/\"q\"/bin:/bin",
    };

    private static readonly UnitSetting Packaged = new("esb", "/usr/bin/esb", [], "multi-user.target") { User = "esb" };

    [Test]
    public async Task A_path_with_spaces_and_characters_that_are_special_for_systemd_reaches_the_command_unchanged()
    {
        var unit = UnitFile.Service(Own, ComponentKind.Agent);
        await Assert.That(unit)
            .Contains("ExecStart=\"/home/a b/bin/esb\" run agent --env-file \"/home/a b/100%%/$$x.env\"\n");
        await Assert.That(unit).Contains("Environment=\"PATH=/opt/\\\"q\\\"/bin:/bin\"\n");
    }

    [Test]
    public async Task The_gateway_starts_after_its_dependencies_and_all_units_belong_to_one_target()
    {
        var gateway = UnitFile.Service(Own, ComponentKind.Gateway);
        await Assert.That(gateway)
            .Contains("After=esb-shop-stores.service esb-shop-agent.service\n");
        var kinds = ComponentNames.Started;
        var target = UnitFile.Target(Own, kinds);
        foreach (var kind in kinds)
        {
            await Assert.That(target).Contains(UnitFile.Name(Own, kind));
            await Assert.That(UnitFile.Service(Own, kind)).Contains("PartOf=esb-shop.target\n");
            // It is restarted however often it ends.
            await Assert.That(UnitFile.Service(Own, kind)).Contains("StartLimitIntervalSec=0\n")
                .And.Contains("Restart=on-failure\n");
        }

        await Assert.That(target).EndsWith("[Install]\nWantedBy=default.target\n");
    }

    [Test]
    public async Task Units_of_the_package_have_a_user_and_hardening_and_those_of_a_user_have_neither()
    {
        await Assert.That(UnitFile.Service(Own, ComponentKind.Gateway)).DoesNotContain("User=")
            .And.DoesNotContain("ProtectSystem=");
        await Assert.That(UnitFile.Service(Packaged, ComponentKind.Gateway)).Contains("User=esb\n").And.Contains(
            "ProtectSystem=strict\n").And.Contains("SystemCallFilter=@system-service\n");
        // Functions are child processes of the agent and may do what any program may.
        await Assert.That(UnitFile.Service(Packaged, ComponentKind.Agent))
            .Contains("NoNewPrivileges=yes\n")
            .And.DoesNotContain("SystemCallFilter=")
            .And.Contains("Delegate=yes\n");
    }

    [Test]
    public async Task Without_systemd_the_message_names_the_alternative()
    {
        using var nowhere = new Folder();
        var failure = await Assert.That(() => SystemdManager.Find(isRoot: true, _ => null, nowhere.None))
            .Throws<CommandFailure>();
        await Assert.That(failure!.Diagnostics[0].ToString()).IsEqualTo("error: systemd does not run this machine; "
            + "esb up without --systemd starts the platform, esb down stops it");
    }

    [Test]
    public async Task A_user_s_units_are_in_the_user_s_configuration_folder()
    {
        await Assert.That(SystemdManager.Of(isRoot: true, _ => null).UnitFolder).IsEqualTo("/etc/systemd/system");
        await Assert.That(SystemdManager.Of(isRoot: false, name => name == "HOME" ? "/home/a" : null).UnitFolder)
            .IsEqualTo("/home/a/.config/systemd/user");
        await Assert.That(SystemdManager.Of(isRoot: false, name => name switch
        {
            "HOME" =>
            "/home/a",
            "XDG_CONFIG_HOME" => "/x",
            _ => null
        }).UnitFolder).IsEqualTo("/x/systemd/user");
    }

    private sealed class Folder : IDisposable
    {
        private readonly string _path = Directory.CreateTempSubdirectory("esb-cli-").FullName;

        public string None => Path.Combine(_path, "none");

        public void Dispose() => Directory.Delete(_path);
    }
}
