using Esb.Cli.Commands;
using Esb.Cli.Settings;
using Esb.Host.Settings;

namespace Esb.Cli.Tests.Settings;

internal sealed class PlatformSettingsTests
{
    private readonly Dictionary<string, string> _commandLine = [];
    private readonly Dictionary<string, string> _environment = new() { ["HOME"] = "/home/somebody" };
    private readonly Dictionary<string, string> _file = [];

    [Test]
    public async Task Without_any_setting_every_one_has_its_documented_default()
    {
        var settings = Read();
        await Assert.That(settings.State.Path).IsEqualTo("/home/somebody/.local/state/esb/default");
        await Assert.That(settings.ConfigFolder).IsEqualTo("/home/somebody/.local/state/esb/default/config");
        await Assert.That(settings.Ports).IsEqualTo(new PlatformPorts(8080, 9001, 9002, 9000));
        await Assert.That(settings.Region).IsEqualTo("us-east-1");
        await Assert.That(settings.ReloadInterval).IsEqualTo("250ms");
        await Assert.That(settings.DatabaseEndpoint).IsNull();
    }

    [Test]
    [Arguments("docker")]
    [Arguments("containerd")]
    public async Task With_containers_the_configuration_is_next_to_the_Compose_files(string mode)
    {
        _environment[SettingNames.Mode] = mode;
        await Assert.That(Read().ConfigFolder).IsEqualTo(Path.GetFullPath("services/gateway/config"));
    }

    [Test]
    public async Task The_command_line_takes_precedence_over_the_environment_and_that_over_the_file()
    {
        _file[SettingNames.ConfigDir] = "/file";
        await Assert.That(Read().ConfigFolder).IsEqualTo("/file");
        _environment[SettingNames.ConfigDir] = "/environment";
        await Assert.That(Read().ConfigFolder).IsEqualTo("/environment");
        _commandLine[SettingNames.ConfigDir] = "/line";
        await Assert.That(Read().ConfigFolder).IsEqualTo("/line");
    }

    [Test]
    public async Task An_empty_variable_counts_as_one_that_is_not_set()
    {
        _environment[SettingNames.GatewayPort] = "";
        _file[SettingNames.GatewayPort] = "8081";
        await Assert.That(Read().Ports.Gateway).IsEqualTo(8081);
    }

    [Test]
    [Arguments(SettingNames.GatewayPort, "http", "GATEWAY_PORT is 'http'; allowed: a port from 1 to 65535")]
    [Arguments(SettingNames.AdminPort, "65536", "ADMIN_PORT is '65536'; allowed: a port from 1 to 65535")]
    [Arguments(
        SettingNames.AdminPort, "8080", "ADMIN_PORT is '8080'; allowed: a port that GATEWAY_PORT does not have")]
    [Arguments(
        SettingNames.DatabaseEndpoint,
        "localhost:8000",
        "AWS_ENDPOINT_URL_DYNAMODB is 'localhost:8000'; allowed: a URL such as http://127.0.0.1:8000")]
    [Arguments(
        SettingNames.Project,
        "../x",
        "ESB_PROJECT is '../x'; allowed: letters, digits, '-' and '_', at most 63 of them")]
    [Arguments(SettingNames.StoresPort, "0", "STORES_PORT is '0'; allowed: a port from 1 to 65535")]
    [Arguments(SettingNames.FormerStoresPort, "-1", "OBJECTSTORE_PORT is '-1'; allowed: a port from 1 to 65535")]
    [Arguments(SettingNames.RuntimeApiPort, "1e3", "RUNTIME_API_PORT is '1e3'; allowed: a port from 1 to 65535")]
    [Arguments(
        SettingNames.ObjectStoreEndpoint,
        "s3",
        "AWS_ENDPOINT_URL_S3 is 's3'; allowed: a URL such as http://127.0.0.1:8000")]
    [Arguments(
        SettingNames.LambdaEndpoint,
        "ftp://h",
        "AWS_ENDPOINT_URL_LAMBDA is 'ftp://h'; allowed: a URL such as http://127.0.0.1:8000")]
    [Arguments(
        SettingNames.GatewayAddress,
        "localhost",
        "GATEWAY_ADDRESS is 'localhost'; allowed: an IP address of this machine, such as 127.0.0.1 or 0.0.0.0")]
    [Arguments(
        SettingNames.KeepRevisions, "0", "ESB_KEEP_REVISIONS is '0'; allowed: a number of revisions from 1 to 1000")]
    [Arguments(SettingNames.Mode, "proces", "ESB_MODE is 'proces'; allowed: process, docker or containerd")]
    [Arguments(SettingNames.Mode, "Process", "ESB_MODE is 'Process'; allowed: process, docker or containerd")]
    [Arguments(SettingNames.Region, "x y", "AWS_REGION is 'x y'; allowed: the name of a region, such as us-east-1")]
    [Arguments(
        SettingNames.DefaultRegion,
        "a/b",
        "AWS_DEFAULT_REGION is 'a/b'; allowed: the name of a region, such as us-east-1")]
    [Arguments(
        SettingNames.AccessKeyId, "a b", "AWS_ACCESS_KEY_ID is 'a b'; allowed: an id without spaces, '/' and ','")]
    [Arguments(
        SettingNames.ProvisionTimeout, "soon", "PROVISION_TIMEOUT is 'soon'; allowed: a duration such as 30s or 2m")]
    [Arguments(SettingNames.TlsFolder, "/nope", "TLS_DIR is '/nope'; allowed: an existing folder")]
    [Arguments(SettingNames.NodeSdk, "/nope", "NODE_SDK_DIR is '/nope'; allowed: an existing folder")]
    public async Task An_invalid_value_is_an_error_that_says_what_is_allowed(string name, string value, string message)
    {
        _environment[name] = value;
        var failure = Assert.Throws<SettingException>(() => Read());
        await Assert.That(failure.Message).IsEqualTo(message);
    }

    [Test]
    public async Task The_state_folder_follows_XDG_unless_it_is_relative()
    {
        _environment["XDG_STATE_HOME"] = "/xdg";
        await Assert.That(Read().State.Path).IsEqualTo("/xdg/esb/default");
        _environment["XDG_STATE_HOME"] = "xdg";
        await Assert.That(Read().State.Path).IsEqualTo("/home/somebody/.local/state/esb/default");
        _environment[SettingNames.StateDir] = "/own";
        await Assert.That(Read().State.Path).IsEqualTo("/own/default");
    }

    private PlatformSettings Read() =>
        PlatformSettings.Read(new SettingSources(_commandLine, name => _environment.GetValueOrDefault(name), _file));
}
