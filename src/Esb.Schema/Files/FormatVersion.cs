using System.Globalization;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Schema.Files;

/// <summary>
/// The optional key <c>version</c> at the top of each of the three files: <c>MAJOR</c> or <c>MAJOR.MINOR</c>, 1 when
/// absent. A newer minor version only adds keys, which are kept and not read; a newer major version is refused, because
/// it would be misunderstood.
/// </summary>
public static class FormatVersion
{
    /// <summary>The key.</summary>
    public const string Key = "version";

    /// <summary>The major version that this ESB reads and writes.</summary>
    public const int Current = 1;

    private const int First = 1;

    /// <summary>
    /// Whether this ESB understands the document; if not, <paramref name="diagnostics"/> has an error.
    /// </summary>
    /// <param name="document">One of the three files.</param>
    /// <param name="name">Its name in messages.</param>
    /// <param name="diagnostics">Receives the errors.</param>
    public static bool IsUnderstood(YamlMapping document, string name, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(diagnostics);
        if (document[Key] is not YamlScalar { IsNull: false } version)
            return true;
        if (Number(version) is not { } number)
        {
            // The key belongs to another program and is kept like every unknown key.
            diagnostics.Warning(
                DiagnosticCodes.WrongValue,
                $"{name}: 'version' is '{version.Value}', which is not a format version, so it is ignored",
                version,
                $"write version: {Current}, or leave it out");
            return true;
        }

        if (number >= First && number < Current + 1)
            return true;
        if (number < First)
        {
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{name}: 'version' is '{version.Value}'",
                version,
                $"formats begin with {First}; this ESB writes {Current}, which is also meant when the key is absent");
            return false;
        }

        var major = Math.Floor(number).ToString("0", CultureInfo.InvariantCulture);
        diagnostics.Error(
            DiagnosticCodes.NewerFormat,
            $"{name} has format version {version.Value}; this ESB reads {Current}",
            version,
            $"use ESB {major}.0 or newer; if no ESB wrote this key, remove it");
        return false;
    }

    // Without quotes 2.0 and 2e0 are the same number. In quotes only digits count, as in the JSON schema.
    private static double? Number(YamlScalar version)
    {
        var isVersion = version.IsNumber || (version.Value.Length > 0
            && version.Value.All(c => char.IsAsciiDigit(c) || c == '.')
            && char.IsAsciiDigit(version.Value[0])
            && char.IsAsciiDigit(version.Value[^1]));
        return isVersion
            && double.TryParse(version.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
    }
}
