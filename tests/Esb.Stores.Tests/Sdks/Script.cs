using Esb.Stores.Tests.Serving;
using Esb.Testing.Platforms;
using Esb.Testing.Servers;

namespace Esb.Stores.Tests.Sdks;

/// <summary>Runs programs that find the stores as every program does: through the environment.</summary>
internal static class Script
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Sdks");

    /// <summary>The rows that scripts for Debian's boto3 print.</summary>
    public static Task<IReadOnlyList<SdkRow>> PythonAsync(StoresProcess stores, params string[] scripts) =>
        RowsAsync("/usr/bin/python3", Path.Combine(Folder, "Python"), stores, scripts);

    /// <summary>The rows that scripts for Node.js print, with the packages of the lock file.</summary>
    public static async Task<IReadOnlyList<SdkRow>> NodeAsync(StoresProcess stores, params string[] scripts)
    {
        var packages = await NodePackages.InstallAsync(Path.Combine(Folder, "Javascript"));
        // An import is looked up from the folder of the script upwards.
        var folder = Directory.CreateTempSubdirectory("esb-sdks").FullName;
        try
        {
            foreach (var file in Directory.GetFiles(Path.Combine(Folder, "Javascript"), "*.mjs"))
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            Directory.CreateSymbolicLink(Path.Combine(folder, "node_modules"), packages);
            return await RowsAsync("node", folder, stores, scripts);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Runs a program and returns what it printed.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message is what it wrote.</exception>
    public static async Task<string> RunAsync(
        StoresProcess stores, string folder, string program, params string[] arguments)
    {
        var result = await Command.RunAsync(program, arguments, folder, new Dictionary<string, string?>
        {
            ["AWS_ENDPOINT_URL"] = stores.Address.GetLeftPart(UriPartial.Authority),
            ["AWS_ACCESS_KEY_ID"] = StoresProcess.AccessKey,
            ["AWS_SECRET_ACCESS_KEY"] = StoresProcess.Secret,
            ["AWS_SESSION_TOKEN"] = null,
            ["AWS_PROFILE"] = null,
            ["AWS_REGION"] = StoresProcess.Region,
            ["AWS_DEFAULT_REGION"] = StoresProcess.Region,
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["AWS_CONFIG_FILE"] = "/dev/null",
            ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
        });
        return result.ExitCode == 0
            ? result.Output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {result}");
    }

    private static async Task<IReadOnlyList<SdkRow>> RowsAsync(
        string program, string folder, StoresProcess stores, IEnumerable<string> scripts)
    {
        var rows = new List<SdkRow>();
        foreach (var script in scripts)
        {
            var output = await RunAsync(stores, folder, program, Path.Combine(folder, script));
            rows.AddRange(output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(SdkRow.Parse));
        }

        return rows;
    }
}
