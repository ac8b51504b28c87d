using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Yaml;

namespace Esb.Schema.Functions;

/// <summary>Reads how a function may be invoked: <c>async</c> and <c>url</c>.</summary>
internal static class InvocationReader
{
    public static AsynchronousSettings Asynchronous(MappingReader function, DiagnosticBag diagnostics)
    {
        if (function.Nested("async") is not { } settings)
            return AsynchronousSettings.None;
        settings.WarnOfOthersAndEmpty(
            "maximum_retry_attempts", "maximum_event_age_in_seconds", "on_success", "on_failure", "dead_letter");
        return new AsynchronousSettings(
            settings.Integer("maximum_retry_attempts", 0, 2),
            settings.Integer("maximum_event_age_in_seconds", 60, 21_600),
            Target(settings, "on_success", diagnostics, out var success),
            Target(settings, "on_failure", diagnostics, out var failure),
            Target(settings, "dead_letter", diagnostics, out var letter))
        {
            OnSuccessApplication = success,
            OnFailureApplication = failure,
            DeadLetterApplication = letter,
        };
    }

    public static InvokeMode Mode(MappingReader function, DiagnosticBag diagnostics)
    {
        var url = function.Nested("url");
        url?.WarnOfOthersAndEmpty("invoke_mode");
        if (url?.Text("invoke_mode") is not { } mode)
            return InvokeMode.Buffered;
        if (mode is not ("BUFFERED" or "RESPONSE_STREAM"))
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{url.Subject}: 'invoke_mode' is '{mode}'",
                url.Mapping["invoke_mode"],
                "allowed: BUFFERED or RESPONSE_STREAM");
        return mode == "RESPONSE_STREAM" ? InvokeMode.ResponseStream : InvokeMode.Buffered;
    }

    private static string? Target(MappingReader settings, string key, DiagnosticBag diagnostics, out string? meant)
    {
        meant = null;
        if (settings.Nested(key) is not { } target || target.RequiredName(
            "function", "only functions can be targets; name one with function: NAME") is not { } name)
            return null;
        target.WarnOfOthersAndEmpty("function", ApplicationName.FunctionKey);
        meant = ApplicationName.ReadMeant(target, diagnostics);
        if (FunctionName.IsValid(name))
            return name;
        diagnostics.Error(
            DiagnosticCodes.WrongValue,
            $"{target.Subject}: '{name}' is not a function name",
            target.Mapping["function"],
            $"allowed: {FunctionName.Rule}");
        return null;
    }
}
