namespace Esb.Cli.Containers;

/// <summary>
/// The base images of runtimes. Source: AWS Lambda Developer Guide, "Create a Lambda function using a container image",
/// the repositories below <c>public.ecr.aws/lambda</c>.
/// </summary>
/// <param name="Registry">The registry of the repositories: AWS's own, or a mirror with the same names.</param>
internal sealed record LambdaBaseImages(string Registry)
{
    private static readonly string[] Families = ["python", "nodejs", "java", "dotnet", "ruby"];

    /// <returns>Null for a runtime that has no such image.</returns>
    public string? Of(string runtime)
    {
        if (runtime.StartsWith("provided.", StringComparison.Ordinal))
            return $"{Registry}/provided:{runtime["provided.".Length..]}";
        if (Families.FirstOrDefault(f => runtime.StartsWith(f, StringComparison.Ordinal)) is not { } family)
            return null;
        var version = runtime[family.Length..];
        // nodejs20.x becomes nodejs:20; java8.al2 keeps its suffix.
        return version.Length == 0 || !char.IsAsciiDigit(version[0])
            ? null
            : $"{Registry}/{family}:{(version.EndsWith(".x", StringComparison.Ordinal) ? version[..^2] : version)}";
    }

    /// <summary>The name of ESB's image that is built on the base image, see decision 30.</summary>
    public static string Local(string runtime) => $"esb-lambda-base:{runtime}";
}
