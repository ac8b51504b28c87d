using System.Text;
using Esb.Sam.Resolving;
using Esb.Schema.Diagnostics;
using Esb.Schema.Functions;
using Esb.Schema.Yaml;

namespace Esb.Sam.Functions;

/// <summary>
/// What Lambda accepts as the environment of a function. A name of one letter, which Lambda refuses, works here and is
/// accepted (decision 74). Sources: AWS, Lambda API reference, "Environment"; Lambda Developer Guide, "Working with
/// Lambda environment variables".
/// </summary>
internal static class EnvironmentRule
{
    /// <summary>Lambda's size limit. As in Lambda, it applies to the environment as one JSON text.</summary>
    public const int MaxBytes = 4096;

    public static void Check(string subject, YamlMapping variables, DiagnosticBag diagnostics)
    {
        foreach (var (name, value) in variables.Entries)
        {
            if (ReservedVariables.Names.Contains(name.Value))
                diagnostics.Error(
                    DiagnosticCodes.WrongValue,
                    $"{subject}: the variable '{name.Value}' is set by Lambda itself",
                    name,
                    "choose another name; functions find AWS's own value under this one");
            else if (!IsName(name.Value))
                diagnostics.Error(
                    DiagnosticCodes.WrongValue,
                    $"{subject}: '{name.Value}' is not the name of a variable",
                    name,
                    "allowed: letters, digits and '_', a letter first");
            else if (value is YamlScalar { Value: var text } && text.Contains('\0', StringComparison.Ordinal))
                diagnostics.Error(
                    DiagnosticCodes.WrongValue,
                    $"{subject}: the variable '{name.Value}' has a NUL character in its value",
                    value,
                    "the environment of a process cannot contain it");
        }

        if (Encoding.UTF8.GetByteCount(Texts.Json(variables)) is > MaxBytes and var bytes)
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{subject}: the variables have {bytes:N0} bytes in total",
                variables,
                $"Lambda accepts at most {MaxBytes:N0}; large values belong in a file or a table");
    }

    private static bool IsName(string name) =>
        name.Length > 0 && char.IsAsciiLetter(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
