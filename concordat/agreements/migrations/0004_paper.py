"""Keep of a signature on paper who signed, when, and which file is the scan."""

from django.db import migrations, models

from concordat.core.migration_sql import call


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0003_talks'),
        ('organisations', '0002_sort_keys'),
        ('people', '0010_token'),
    ]

    operations = [
        migrations.AddField(
            model_name='signature',
            name='paper_on',
            field=models.DateField(blank=True, null=True, verbose_name='Day on the paper'),
        ),
        migrations.AddField(
            model_name='signature',
            name='paper_signer',
            field=models.CharField(blank=True, max_length=120, verbose_name='Who signed by hand'),
        ),
        migrations.AddField(
            model_name='signature',
            name='scan',
            field=models.UUIDField(editable=False, null=True, unique=True),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('paper_on', None), ('paper_signer', ''), ('scan', None)), models.Q(models.Q(('paper_signer', ''), _negated=True), ('paper_on__isnull', False), ('scan__isnull', False)), _connector='OR'), name='signature_on_paper_is_whole'),
        ),
        # in SQL, so that a row that is written there alone needs not name it
        call("ALTER TABLE agreements_signature ALTER COLUMN paper_signer SET DEFAULT ''"),
    ]
