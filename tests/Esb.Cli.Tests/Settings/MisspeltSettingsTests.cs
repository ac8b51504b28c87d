using Esb.Cli.Settings;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Tests.Settings;

internal sealed class MisspeltSettingsTests
{
    [Test]
    [Arguments("LAMBDA_API_SIGNATUR", "LAMBDA_API_SIGNATURE", Severity.Error)]
    [Arguments("LAMBDA_API_SINGATURES", "LAMBDA_API_SIGNATURE", Severity.Error)]
    [Arguments("lambda_api_signature", "LAMBDA_API_SIGNATURE", Severity.Error)]
    [Arguments("TLS_CERTFILE", "TLS_CERT_FILE", Severity.Error)]
    [Arguments("TLS_KEY_FILES", "TLS_KEY_FILE", Severity.Error)]
    [Arguments("TLS_CERT", "TLS_CERT_FILE", Severity.Error)]
    [Arguments("TLS_KEY", "TLS_KEY_FILE", Severity.Error)]
    [Arguments("TLS_CERT_PATH", "TLS_CERT_FILE", Severity.Error)]
    [Arguments("TLS_KEY_PATH", "TLS_KEY_FILE", Severity.Error)]
    [Arguments("TLS_CERTIFICATE_FILE", "TLS_CERT_FILE", Severity.Error)]
    [Arguments("GATEWAY_TLS_CERT_FILE", "TLS_CERT_FILE", Severity.Error)]
    [Arguments("ESB_TLS_CERT_FILE", "TLS_CERT_FILE", Severity.Error)]
    [Arguments("LAMBDA_SIGNATURE", "LAMBDA_API_SIGNATURE", Severity.Error)]
    [Arguments("LAMBDA_API_SIGN", "LAMBDA_API_SIGNATURE", Severity.Error)]
    [Arguments("LAMBDA_API_SIGNATURE_REQUIRED", "LAMBDA_API_SIGNATURE", Severity.Error)]
    [Arguments("ESB_LAMBDA_API_SIGNATURE", "LAMBDA_API_SIGNATURE", Severity.Error)]
    [Arguments("GATEWAY_ADDRES", "GATEWAY_ADDRESS", Severity.Warning)]
    [Arguments("ESB_ALLOWED_HOST", "ESB_ALLOWED_HOSTS", Severity.Warning)]
    [Arguments("TLS_DIRS", "TLS_DIR", Severity.Warning)]
    [Arguments("AWS_REGON", "AWS_REGION", Severity.Warning)]
    [Arguments("WORKER_MEMORY", "WORKERS_MEMORY", Severity.Warning)]
    [Arguments("ESB_SIGNATURE", null, Severity.Warning)]
    public async Task A_name_in_the_file_that_resembles_a_setting_is_a_warning_and_for_a_guard_an_error(
        string name,
        string? meant,
        Severity severity)
    {
        var told = MisspeltSettings.Of([name], "/p/.env", []);
        await Assert.That(told.Select(d => d.ToString())).IsEquivalentTo(
            [$"/p/.env: {(severity == Severity.Error ? "error" : "warning")}: the setting {name} is not used; "
                + $"{(meant is null ? ".env.example names all settings" : $"did you mean {meant}?")}"]);
    }

    [Test]
    [Arguments("AWS_ENDPOINT_URL_SQS")]
    [Arguments("AWS_ENDPOINT_URL_SES")]
    [Arguments("OTEL_EXPORTER_OTLP_INSECURE")]
    [Arguments("DATABASE_URL")]
    [Arguments("TAGS")]
    [Arguments("PORT")]
    [Arguments("STRIPE_KEY")]
    [Arguments("SSL_CERT_FILE")]
    [Arguments("SSL_CERT_DIR")]
    [Arguments("MYSQL_TLS_CERT")]
    public async Task Settings_of_other_programs_are_not_typing_errors(string name) =>
        await Assert.That(MisspeltSettings.Of([name], "/p/.env", [name])).IsEmpty();

    [Test]
    public async Task The_environment_is_checked_less_strictly_than_the_file()
    {
        string[] foreign =
        [
            "LOGDIR", "CONFIG_DIRS", "AWS_REGON", "ESB_WRITE_DOCS", "ESB_SIGNATURE", "LAMBDA_API_SINGATURES", "PATH",
            "HOME", "GATEWAY_PORT_8080_TCP", "XDG_CONFIG_DIRS", "TAGS", "ACCESS_LOGS",
        ];
        await Assert.That(MisspeltSettings.Of([], null, foreign)).IsEmpty();
        await Assert.That(MisspeltSettings.Of([], null, ["LAMBDA_API_SIGNATUR", "ESB_ALOWED_HOST"])
            .Select(d => d.ToString())).IsEquivalentTo(
        [
            "warning: the setting ESB_ALOWED_HOST is not used; it is set in the environment; "
                + "did you mean ESB_ALLOWED_HOSTS?",
            "warning: the setting LAMBDA_API_SIGNATUR is not used; it is set in the environment; "
                + "did you mean LAMBDA_API_SIGNATURE?",
        ]);
    }

    [Test]
    public async Task Every_documented_setting_is_known()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, ".env.example")))
            folder = folder.Parent;
        var names = File.ReadLines(Path.Combine(folder.FullName, ".env.example"))
            .Select(line => line.TrimStart('#').Split('=')[0]).Where(name => name.Length > 1
                && name.All(c => char.IsAsciiLetterUpper(c) || c == '_' || char.IsAsciiDigit(c)));
        await Assert.That(names.Except(KnownSettings.Own).Except(KnownSettings.Common)).IsEmpty();
    }

    [Test]
    [Arguments("LAMBDA_API_SIGNATURE=required\nTAG=1\nLAMBDA_API_SIGNATURE=remote\n",
        "error: LAMBDA_API_SIGNATURE is set more than once, on lines 1, 3; remove all but one")]
    [Arguments("TAG=1\nLAMBDA_API_SIGNATURE=\n",
        "warning: LAMBDA_API_SIGNATURE has no value, line 2; give it one, or remove the line")]
    [Arguments("LAMBDA_API_SIGNATURE=required\nLAMBDA_API_SIGNATURE=required\n", null)]
    [Arguments("#LAMBDA_API_SIGNATURE=\nLAMBDA_API_SIGNATURE=required\n", null)]
    public async Task A_guard_that_is_given_twice_or_without_a_value_is_reported(string text, string? message)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, text);
        await Assert.That(MisspeltSettings.Of(["LAMBDA_API_SIGNATURE"], file, []).Select(d => d.ToString()))
            .IsEquivalentTo(message is null ? (string[])[] : [$"{file}: {message}"]);
        File.Delete(file);
    }

    [Test]
    public async Task A_typing_error_is_reported_with_its_line_number_and_the_line_is_not_shown()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "# LAMBDA_API_SIGNATUR=x\nTAG=1\nexport LAMBDA_API_SIGNATUR = required\n");
        var slip = MisspeltSettings.Of(["LAMBDA_API_SIGNATUR"], file, []).Single();
        await Assert.That((slip.Message, slip.Line))
            .IsEqualTo(("the setting LAMBDA_API_SIGNATUR is not used, line 3", 0));
        File.Delete(file);
    }
}
