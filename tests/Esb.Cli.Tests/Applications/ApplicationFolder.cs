using Esb.Cli.Commands;
using Esb.Cli.Terminal;
using Esb.Cli.Tests.Platform;

namespace Esb.Cli.Tests.Applications;

/// <summary>A folder with projects and a platform's configuration, and whole commands without a platform.</summary>
internal sealed class ApplicationFolder : IDisposable
{
    public const string Head =
        "AWSTemplateFormatVersion: '2010-09-09'\nTransform: AWS::Serverless-2016-10-31\nResources:\n";

    private readonly string _root = Directory.CreateTempSubdirectory("esb-applications-").FullName;

    public ApplicationFolder(string settings = "") =>
        Write("settings.env",
            $"ESB_STATE_DIR={_root}/state\nCONFIG_DIR={_root}/config\n"
                + $"GATEWAY_PORT=1\nADMIN_PORT=2\nESB_PROJECT=test\n{settings}");

    /// <summary>A function of a template.</summary>
    /// <param name="name">Its logical id.</param>
    /// <param name="route">METHOD /path; null for no route.</param>
    /// <param name="more">Further properties of the event that makes the route.</param>
    /// <param name="property">A further property of the function.</param>
    public static string Function(string name, string? route = null, string more = "", string? property = null)
    {
        var events = route?.Split(' ') is [var method, var path]
            ? $"      Events: {{ E: {{ Type: Api, Properties: {{ Method: {method}, Path: "
            + $"'{path}'{(more.Length == 0 ? "" : ", " + more)} }} }} }}\n"
            : "";
        return $"  {name}:\n    Type: AWS::Serverless::Function\n    Properties:\n      CodeUri: src/\n      Handler: "
            + $"app.handler\n      Runtime: python3.12\n{(property is null ? "" : $"      {property}\n")}{events}";
    }

    public Task<(int ExitCode, string Output, string Error)> EsbAsync(params string[] arguments) =>
        EsbAsync(ScreenTraits.Plain.Width, arguments);

    public async Task<(int ExitCode, string Output, string Error)> EsbAsync(int width, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await CommandLine.RunAsync(
            [.. arguments, "--env-file", At("settings.env")],
            new Screen(output, error, ScreenTraits.Plain with { Width = width }),
            CancellationToken.None);
        return (exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Deploys the template of a folder, and adds code if the folder has none.</summary>
    public async Task<(int ExitCode, string Output, string Error)> DeployAsync(string folder, params string[] more)
    {
        var template = At(folder + "/template.yaml");
        if (File.Exists(template))
            await File.WriteAllTextAsync(template, (await File.ReadAllTextAsync(template))
                .Replace("python3.12", await MachineRuntime.PythonAsync(), StringComparison.Ordinal));
        if (!File.Exists(At(folder + "/src/app.py")))
            Write(folder + "/src/app.py", "def handler(event, context): return {}");
        return await EsbAsync(["deploy", "-t", template, "-o", At("out"), .. more]);
    }

    public string Read(string file) => File.ReadAllText(At("config/" + file));

    public string At(string path) => Path.Combine(_root, path);

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
