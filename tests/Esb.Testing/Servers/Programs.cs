namespace Esb.Testing.Servers;

/// <summary>ESB's own programs as built with these tests, or those in ESB_TEST_BIN_DIR.</summary>
public static class Programs
{
    /// <param name="project">The folder below <c>src</c>.</param>
    public static string Find(string project)
    {
        var name = $"esb-{project}";
        if (Environment.GetEnvironmentVariable("ESB_TEST_BIN_DIR") is { Length: > 0 } folder)
            return Path.Combine(Path.GetFullPath(folder), name);
        // tests/X/bin/Release/net10.0 → src/project/bin/Release/net10.0, where each program is complete.
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var repository = output.Parent!.Parent!.Parent!.Parent!.Parent!;
        return Path.Combine(repository.FullName, "src", project, "bin", output.Parent.Name, output.Name, name);
    }
}
