namespace Esb.Testing.Servers;

/// <summary>Our own binaries: those of this build, or those of ESB_TEST_BIN_DIR.</summary>
internal static class Programs
{
    public static string Find(string name) =>
        Path.Combine(Environment.GetEnvironmentVariable("ESB_TEST_BIN_DIR") is { Length: > 0 } folder ? Path.GetFullPath(folder) : AppContext.BaseDirectory, name);
}
