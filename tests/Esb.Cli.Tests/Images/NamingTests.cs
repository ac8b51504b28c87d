using System.Text.RegularExpressions;
using CsCheck;
using Esb.Cli.Containers;

namespace Esb.Cli.Tests.Images;

/// <summary>The names of images.</summary>
internal sealed partial class NamingTests
{
    [Test]
    [Arguments("python3.12", "public.ecr.aws/lambda/python:3.12")]
    [Arguments("nodejs20.x", "public.ecr.aws/lambda/nodejs:20")]
    [Arguments("java21", "public.ecr.aws/lambda/java:21")]
    [Arguments("java8.al2", "public.ecr.aws/lambda/java:8.al2")]
    [Arguments("dotnet10", "public.ecr.aws/lambda/dotnet:10")]
    [Arguments("ruby3.3", "public.ecr.aws/lambda/ruby:3.3")]
    [Arguments("provided.al2023", "public.ecr.aws/lambda/provided:al2023")]
    [Arguments("go1.x", null)]
    [Arguments("dotnetcore3.1", null)]
    public async Task Each_runtime_has_the_base_image_that_aws_publishes_for_it(string runtime, string? image)
    {
        await Assert.That(new LambdaBaseImages("public.ecr.aws/lambda").Of(runtime)).IsEqualTo(image);
    }

    [Test]
    public async Task A_mirror_replaces_the_registry_and_nothing_else_of_the_name()
    {
        await Assert.That(new LambdaBaseImages("mirror.local:5000/aws").Of("python3.12"))
            .IsEqualTo("mirror.local:5000/aws/python:3.12");
    }

    [Test]
    [Arguments("orders-get", "esb-orders-get:prod-1f")]
    [Arguments("Orders_Get", "esb-orders-get:prod-1f")]
    [Arguments("--_x__", "esb-x:prod-1f")]
    [Arguments("__", "esb-function:prod-1f")]
    public async Task A_function_name_becomes_a_repository_name(string function, string reference)
    {
        await Assert.That(ImageReference.Of(null, function, "prod", "1f")).IsEqualTo(reference);
        await Assert.That(ImageReference.Of("127.0.0.1:5010", function, "prod", "1f"))
            .IsEqualTo($"127.0.0.1:5010/{reference}");
    }

    [Test]
    public void Every_function_name_makes_a_reference_that_the_engine_accepts()
    {
        Gen.Char["abzABZ019-_"].Array[1, 64].Select(c => new string(c))
            .Sample(name => Reference().IsMatch(ImageReference.Of(null, name, "dev", "0123456789abcdef")));
    }

    [Test]
    public async Task The_same_content_has_the_same_name_and_any_other_content_another()
    {
        var naming = new ImageNaming(null, "prod");
        await Assert.That(naming.Of("f", "a", "b")).IsEqualTo(naming.Of("f", "a", "b"));
        await Assert.That(naming.Of("f", "a", "b")).IsNotEqualTo(naming.Of("f", "ab"));
        await Assert.That(naming.Of("f", "a", "b")).IsNotEqualTo(naming.Of("f", "b", "a"));
        await Assert.That(naming.Of("f", "a")).IsNotEqualTo(new ImageNaming(null, "dev").Of("f", "a"));
    }

    // Source: distribution/distribution, the grammar of references: path component and tag.
    [GeneratedRegex(
        "^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
