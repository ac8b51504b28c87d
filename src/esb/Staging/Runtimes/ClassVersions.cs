using System.Buffers.Binary;
using System.Globalization;
using Esb.Cli.Staging.Contents;
using Esb.Host.Files;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Staging.Runtimes;

/// <summary>Whether a runtime can load what was compiled: a class file names the oldest Java that may.</summary>
internal static class ClassVersions
{
    // Java 1 wrote 45; Java 8 writes 52.
    private const int Offset = 44;

    public static bool Pass(string folder, LambdaRuntime runtime, Origin origin)
    {
        var compiled = Directory.EnumerateFiles(folder, "*.class", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/META-INF/", StringComparison.Ordinal)) // For newer ones, beside those for all.
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
