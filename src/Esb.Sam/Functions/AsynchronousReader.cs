using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Functions;

/// <summary>
/// Reads <c>EventInvokeConfig</c> and <c>DeadLetterQueue</c>/<c>DeadLetterConfig</c> in the form of functions.yml. Only
/// functions can be targets; any other target causes a warning.
/// </summary>
internal sealed class AsynchronousReader(StackContext context)
{
    public YamlMapping? Read(MappingReader function)
    {
        var config = function.Nested("EventInvokeConfig");
        var destinations = config?.Nested("DestinationConfig");
        var dead = function.Nested("DeadLetterQueue") ?? function.Nested("DeadLetterConfig");
        var read = YamlMapping.Of(
            ("maximum_retry_attempts", Number(config?.Integer("MaximumRetryAttempts", 0, 2))),
            ("maximum_event_age_in_seconds", Number(config?.Integer("MaximumEventAgeInSeconds", 60, 21_600))),
            ("on_success", Target(destinations?.Nested("OnSuccess"), "Destination")),
            ("on_failure", Target(destinations?.Nested("OnFailure"), "Destination")),
            ("dead_letter", Target(dead, "TargetArn")));
        return read.Entries.Count == 0 ? null : read;
    }

    private YamlMapping? Target(MappingReader? target, string key)
    {
        if (target is null)
            return null;
        var arn = target.Text(key);
        var parts = target.Subject.Split(", ");
        if (LambdaTarget.OfArn(arn) is { } function && target.Text("Type") is { } other and not "Lambda")
            context.LeaveOut(
                parts[0],
                $"{string.Join('.', parts.Skip(1))}.Type",
                $"it is {other}, but '{function}' is a function, which is called",
                target.Mapping["Type"]!);
        if (LambdaTarget.OfArn(arn) is { } called)
            return YamlMapping.Of(("function", YamlScalar.Text(called)));
        var kind = target.Text("Type") ?? arn ?? "without a target";
        context.Diagnostics.Warning(
            DiagnosticCodes.NotSupported,
            $"{target.Subject}: a target of kind {kind} is not served, only functions are",
            target.Mapping);
        context.Receipt.Ignored(
            parts[0],
            string.Join('.', parts.Skip(1)),
            $"a target of kind {kind} is not served, only functions are",
            target.Mapping);
        return null;
    }

    private static YamlScalar? Number(int? value) => value is { } number ? YamlScalar.Number(number) : null;
}
