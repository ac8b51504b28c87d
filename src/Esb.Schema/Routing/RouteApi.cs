using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Yaml;

namespace Esb.Schema.Routing;

/// <summary>
/// The API of a route. It is only passed to functions in events; which requests the route matches depends on its path
/// alone.
/// </summary>
public sealed record RouteApi
{
    private static readonly string[] Keys =
        ["api", "stage", "stage_variables", "base_path", "binary_media_types", "function_url", ApplicationName.Key];

    /// <summary>A route without an API.</summary>
    public static RouteApi Unnamed { get; } = new();

    /// <summary>The application of the route; null for none.</summary>
    public string? Application { get; init; }

    /// <summary>
    /// The id of the API in events; null when not given. APIs of two applications may have the same id.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>The stage; null for <c>Prod</c> in a REST API and <c>$default</c> in an HTTP API.</summary>
    public string? Stage { get; init; }

    /// <summary>The stage variables, which functions receive with every event.</summary>
    public IReadOnlyDictionary<string, string> StageVariables { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The beginning of the route's path that is not part of the API's resource, without a trailing slash; empty for
    /// none.
    /// </summary>
    public string BasePath { get; init; } = "";

    /// <summary><c>binaryMediaTypes</c> of a REST API; null when not given.</summary>
    public IReadOnlyList<string>? BinaryMediaTypes { get; init; }

    /// <summary>Whether the route is a function URL.</summary>
    public bool IsFunctionUrl { get; init; }

    internal static RouteApi Read(MappingReader route, string path, string payload, DiagnosticBag diagnostics)
    {
        var mapping = route.Mapping;
        if (!Array.Exists(Keys, k => mapping[k] is not null))
            return Unnamed;
        var isFunctionUrl = route.Boolean("function_url") ?? false;
        if (isFunctionUrl && payload != PayloadFormat.Http)
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{route.Subject}: a function URL needs payload \"2.0\"",
                mapping["function_url"]);
        return new RouteApi
        {
            Application = ApplicationName.Read(route, diagnostics),
            Name = route.Text("api"),
            Stage = route.Text("stage"),
            StageVariables = route.TextMap("stage_variables"),
            BasePath = isFunctionUrl ? FunctionUrlBase(path) : ReadBasePath(route, path, diagnostics),
            BinaryMediaTypes = mapping["binary_media_types"] is null or YamlScalar { IsNull: true }
                ? null
                // OpenAPI documents, and therefore SAM, write a slash as ~1.
                : [.. route.TextList("binary_media_types").Select(t => t.Replace("~1", "/", StringComparison.Ordinal))],
            IsFunctionUrl = isFunctionUrl,
        };
    }

    private static string ReadBasePath(MappingReader route, string path, DiagnosticBag diagnostics)
    {
        if (route.Text("base_path")?.Trim('/') is not { Length: > 0 } text)
            return "";
        var basePath = "/" + text;
        if (path == basePath || path.StartsWith(basePath + "/", StringComparison.Ordinal))
            return basePath;
        diagnostics.Error(
            DiagnosticCodes.WrongValue,
            $"{route.Subject}: 'base_path' is '{text}'",
            route.Mapping["base_path"],
            "it must be the beginning of the path, which is written in full");
        return "";
    }

    // /_url/NAME and /_url/NAME/{proxy+}: the function sees the path after its name.
    private static string FunctionUrlBase(string path)
    {
        var parameter = path.IndexOf("/{", StringComparison.Ordinal);
        return (parameter < 0 ? path : path[..parameter]).TrimEnd('/');
    }
}
