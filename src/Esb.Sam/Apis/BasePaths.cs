using System.Buffers;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>
/// <c>BasePath</c> of SAM's <c>Domain</c>: one path or several, under each of which the API is served. For a REST API
/// SAM keeps only letters and digits, unless <c>NormalizeBasePath</c> is false. Source: AWS SAM Developer Guide,
/// "DomainConfiguration".
/// </summary>
internal static class BasePaths
{
    private static readonly SearchValues<char> OfRestApis = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789$-_.+!*'()/");
    private static readonly SearchValues<char> OfHttpApis = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_/");

    /// <summary>
    /// Returns the base paths, each with a leading slash. Null stands for no base path; the list has at least one
    /// entry.
    /// </summary>
    public static IReadOnlyList<string?> Of(string subject, YamlMapping? domain, bool isHttp, DiagnosticBag diagnostics)
    {
        var normalizes = !isHttp && ResourceSet.Text(domain?["NormalizeBasePath"])?.ToUpperInvariant() != "FALSE";
        IEnumerable<YamlScalar> written = domain?["BasePath"] switch
        {
            YamlScalar { IsNull: false } one => [one],
            YamlSequence list => list.Items.OfType<YamlScalar>(),
            _ => [],
        };
        List<string?> paths =
        [
            .. written.Select(w => One(subject, w, normalizes, isHttp ? OfHttpApis : OfRestApis, diagnostics))
                .Distinct(),
        ];
        return paths.Count == 0 ? [null] : paths;
    }

    private static string? One(
        string subject,
        YamlScalar written,
        bool normalizes,
        SearchValues<char> allowed,
        DiagnosticBag diagnostics)
    {
        var path = normalizes ? string.Concat(written.Value.Where(char.IsLetterOrDigit)) : written.Value.Trim('/');
        if (path.AsSpan().ContainsAnyExcept(allowed)
            || path.Split('/').Any(s => s is "." or ".." || (s.Length == 0 && path.Length > 0)))
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{subject}, Domain: 'BasePath' is '{written.Value}'",
                written,
                "allowed: letters, digits, '-' and '_', for example BasePath: v1");
        return path is "" or "(none)" ? null : "/" + path;
    }
}
