using System.Buffers.Binary;
using System.Globalization;
using Esb.Cli.Staging.Contents;
using Esb.Host.Files;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Staging.Runtimes;

/// <summary>
/// Checks that a runtime can load the compiled classes: a class file contains the oldest Java version that can load it.
/// </summary>
internal static class ClassVersions
{
    // The class file version of Java 1 is 45, that of Java 8 is 52.
    private const int Offset = 44;

    public static bool Pass(string folder, LambdaRuntime runtime, Origin origin)
    {
        var compiled = Directory.EnumerateFiles(folder, "*.class", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/META-INF/", StringComparison.Ordinal)) // Alternatives for newer Java versions.
            .Select(VersionOf).DefaultIfEmpty().Max();
        if (VersionOf(runtime) is not { } runs || compiled <= runs)
            return true;
        origin.Error(DiagnosticCodes.WrongValue, $"its classes are for Java {compiled}, "
            + $"which {runtime.Name} cannot load",
            $"let the build compile for {runs} (Maven: maven.compiler.release, Gradle: options.release), "
                + $"or name the runtime java{compiled}");
        return false;
    }

    // java8.al2, java21
    private static int? VersionOf(LambdaRuntime runtime) =>
        int.TryParse(
            runtime.Name["java".Length..]
                .Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : null;

    private static int VersionOf(string file)
    {
        Span<byte> start = stackalloc byte[8];
        using var stream = OrdinaryFile.Open(file);
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length
            ? BinaryPrimitives.ReadUInt16BigEndian(start[6..]) - Offset
            : 0;
    }
}
